#!/bin/sh
# Writes every case anew, then checks the labels. PDF, .doc, .odt and .rtf are made by LibreOffice.
cd "$(dirname "$0")" || exit 1
for f in case[0-9][0-9].py; do python3 "$f" || exit 1; done
python3 check_labels.py
