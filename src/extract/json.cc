#include "extract/json.h"
