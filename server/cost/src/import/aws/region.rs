//! What stands before a usage type, and for which region.

/// Prefixes whose region does not follow from their letters. Read from usage types of the price list (ap-southeast-1
/// as `APS1-`, ap-south-1 as `APS3-`); us-east-1 and eu-west-1 are older than the scheme.
const PREFIXES: [(&str, &[&str]); 20] = [
    ("us-east-1", &["USE1"]),
    ("us-east-2", &["USE2"]),
    ("us-west-1", &["USW1"]),
    ("us-west-2", &["USW2"]),
    ("ca-central-1", &["CAN1"]),
    ("sa-east-1", &["SAE1"]),
    ("eu-west-1", &["EU", "EUW1"]),
    ("eu-west-2", &["EUW2"]),
    ("eu-west-3", &["EUW3"]),
    ("eu-central-1", &["EUC1"]),
    ("eu-north-1", &["EUN1"]),
    ("eu-south-1", &["EUS1"]),
    ("ap-southeast-1", &["APS1"]),
    ("ap-southeast-2", &["APS2"]),
    ("ap-south-1", &["APS3"]),
    ("ap-northeast-1", &["APN1"]),
    ("ap-northeast-2", &["APN2"]),
    ("ap-northeast-3", &["APN3"]),
    ("ap-east-1", &["APE1"]),
    ("af-south-1", &["AFS1"]),
];

/// The places of CloudFront by the prefix of its usage types, as our ids name them.
const EDGES: [(&str, &str); 4] =
    [("US", "US/MX/CA"), ("EU", "Europe/IL"), ("JP", "Japan"), ("AP", "HK/PH/SG/KR/TW/TH")];

/// The usage type without the prefix of this region; `None` = it is that of another region. What stands before a hyphen
/// and is no region (`TS-`, `Outposts-`, `Reserved-`) is part of the usage type: another product.
pub(super) fn without_prefix<'a>(usage: &'a str, region: &str) -> Option<&'a str> {
    if let Some(rest) = usage.strip_prefix(region).and_then(|rest| rest.strip_prefix('-')) {
        return Some(rest);
    }
    let Some((prefix, rest)) = usage.split_once('-') else { return Some(usage) };
    let known = PREFIXES.iter().find(|(name, _)| *name == region).map(|(_, prefixes)| *prefixes);
    match (known, owner(prefix)) {
        (Some(prefixes), _) if prefixes.contains(&prefix) => Some(rest),
        (_, Some(_)) => None,
        // A region that is newer than the table: its prefix has the shape of one and belongs to no other.
        (None, None) if is_shaped(prefix) => Some(rest),
        (_, None) => Some(usage),
    }
}

/// The usage type without the prefix of whichever region, for prices that are the same everywhere.
pub(super) fn without_any_prefix(usage: &str) -> &str {
    match usage.split_once('-') {
        Some((prefix, rest)) if prefix == "Global" || is_shaped(prefix) || owner(prefix).is_some() => rest,
        _ => usage,
    }
}

/// The place of CloudFront that a prefix is for.
pub(super) fn edge(prefix: &str) -> Option<&'static str> {
    EDGES.iter().find(|(known, _)| *known == prefix).map(|(_, place)| *place)
}

fn owner(prefix: &str) -> Option<&'static str> {
    PREFIXES.iter().find(|(_, prefixes)| prefixes.contains(&prefix)).map(|(region, _)| *region)
}

/// Three letters and a digit, such as `MEC1`.
fn is_shaped(prefix: &str) -> bool {
    let bytes = prefix.as_bytes();
    bytes.len() == 4 && bytes[..3].iter().all(u8::is_ascii_uppercase) && bytes[3].is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::without_prefix;

    #[test]
    fn only_a_regions_own_prefix_goes() {
        for (usage, region, rest) in [
            ("USE1-Fargate-GB-Hours", "us-east-1", Some("Fargate-GB-Hours")),
            ("Fargate-GB-Hours", "us-east-1", Some("Fargate-GB-Hours")),
            ("EU-NatGateway-Hours", "eu-west-1", Some("NatGateway-Hours")),
            ("APS1-Request", "ap-southeast-1", Some("Request")),
            ("APS3-Request", "ap-southeast-1", None),
            ("APS3-Request", "ap-south-1", Some("Request")),
            ("TS-LoadBalancerUsage", "us-east-1", Some("TS-LoadBalancerUsage")),
            ("MEC1-Request", "me-central-1", Some("Request")),
            ("USE1-EU-AWS-Out-Bytes", "eu-west-1", None),
            ("us-east-1-KMS-Requests", "us-east-1", Some("KMS-Requests")),
            ("Request", "us-east-1", Some("Request")),
        ] {
            assert_eq!(without_prefix(usage, region), rest, "{usage} in {region}");
        }
    }
}
