#!/bin/sh
# Makes the certificates of this folder, which are for tests on loopback alone, anew.
set -eu
cd "$(dirname "$0")"
new="openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500"
$new -keyout root.key -out root.pem -subj "/CN=Root of tests" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
for name in server client; do
    $new -keyout $name.key -out $name.pem -subj "/CN=localhost" -CA root.pem -CAkey root.key \
        -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:localhost \
        -addext extendedKeyUsage=${name}Auth
done
rm root.key
