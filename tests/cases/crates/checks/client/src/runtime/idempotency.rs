//! Idempotency keys: what makes a POST that arrives twice count once.

use super::transport::Transport;

/// A random UUID of version 4 (RFC 9562, section 5.4): it has to be unique, not secret.
pub(super) fn random_key(transport: &dyn Transport) -> String {
    let word = || u128::from(transport.random());
    let bits = (word() << 64 | word()) & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let mut text = format!("{bits:032x}");
    for dash in [20, 16, 12, 8] {
        text.insert(dash, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fake;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn keys_are_uuids_and_differ() {
        let fake = Fake::default();
        let keys: HashSet<String> = (0..1000).map(|_| random_key(&fake)).collect();
        assert_eq!(keys.len(), 1000);
        for key in keys {
            let groups: Vec<usize> = key.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{key}");
            assert_eq!(&key[14..15], "4", "{key}");
            assert!("89ab".contains(&key[19..20]), "{key}");
        }
    }
}
