//! What the default transport trusts, and as whom it comes: certificates, in PEM (RFC 7468).
#![cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]

use super::transport_settings::TransportSettings;
#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
use no_tls as tls;

impl TransportSettings {
    /// Trusts servers whose certificates these certificates have signed, besides those that the
    /// platform trusts: certificates in PEM, one or more. Called again, it adds more.
    pub fn root_certificates(self, pem: impl Into<Vec<u8>>) -> Self {
        let pem = pem.into();
        self.change(move |client| tls::trust(client, &pem))
    }

    /// Shows a certificate to servers that ask for one (mutual TLS): it and those between it and a
    /// root, in this order, in PEM, and its private key, in PEM too (PKCS #8; without the feature
    /// `native-tls` also SEC 1 and PKCS #1).
    pub fn client_certificate(
        self,
        certificates: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        let (certificates, key) = (certificates.into(), key.into());
        self.change(move |client| tls::show(client, &certificates, &key))
    }
}

/// With TLS, certificates are its own.
#[cfg(any(feature = "native-tls", feature = "rustls"))]
mod tls {
    use super::super::error::{Error, ErrorKind};
    use super::super::transport_settings::unusable;
    use reqwest::{Certificate, ClientBuilder, Identity};

    pub(super) fn trust(client: ClientBuilder, pem: &[u8]) -> Result<ClientBuilder, Error> {
        match Certificate::from_pem_bundle(pem) {
            Ok(roots) if roots.is_empty() => {
                let message = "root certificates can't be used: none begins with \
                               `-----BEGIN CERTIFICATE-----`";
                Err(Error::new(ErrorKind::Configuration, message))
            }
            Ok(roots) => Ok(client.tls_certs_merge(roots)),
            Err(error) => Err(unusable("root certificates", &error)),
        }
    }

    pub(super) fn show(
        client: ClientBuilder,
        certificates: &[u8],
        key: &[u8],
    ) -> Result<ClientBuilder, Error> {
        // The platform's own library, where it is there: reqwest has it as the default then, too.
        #[cfg(feature = "native-tls")]
        let (client, identity) = (
            client.tls_backend_native(),
            Identity::from_pkcs8_pem(certificates, key),
        );
        #[cfg(not(feature = "native-tls"))]
        let (client, identity) = (
            client.tls_backend_rustls(),
            Identity::from_pem(&[certificates, key].join(&b'\n')),
        );
        match identity {
            Ok(identity) => Ok(client.identity(identity)),
            Err(error) => Err(unusable("the client certificate", &error)),
        }
    }
}

/// Without, there is nothing that they are for.
#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
mod no_tls {
    use super::super::error::{Error, ErrorKind};
    use reqwest::ClientBuilder;

    pub(super) fn trust(_: ClientBuilder, _: &[u8]) -> Result<ClientBuilder, Error> {
        Err(no_tls())
    }

    pub(super) fn show(_: ClientBuilder, _: &[u8], _: &[u8]) -> Result<ClientBuilder, Error> {
        Err(no_tls())
    }

    fn no_tls() -> Error {
        let message = "certificates need TLS: enable the feature `rustls` or `native-tls`";
        Error::new(ErrorKind::Configuration, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::ErrorKind;
    use super::*;

    #[test]
    fn what_is_no_certificate_is_said_when_the_client_is_built() {
        let new = TransportSettings::default;
        for settings in [
            new().root_certificates("secret"),
            new().client_certificate("certificate", "secret"),
        ] {
            let error = settings.transport().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let said = error.to_string();
            assert!(said.contains("certificate"), "{said}");
            assert!(!said.contains("secret"), "{said}");
        }
    }
}
