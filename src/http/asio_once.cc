// compiled alone: the bodies of Asio and Beast, which need no neighbours.
// Asio's and Beast's compiled parts, once for the whole binary; the others see declarations only.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
