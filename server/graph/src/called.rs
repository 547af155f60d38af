//! What people call the targets of units, where that is not their name.

use klotho_annotation::suggestion;

/// Names of one target in the several forms and clouds, and words that mean it and nothing else.
const CALLED: [(&[&str], &[&str]); 8] = [
    (&["lambda"], &["awslambda", "lambdafunction", "lambdas", "awslambdafunction"]),
    (&["lambda", "cloudfunctions", "functions"], &["function", "faas"]),
    (&["ecs"], &["fargate", "ecsfargate", "awsfargate", "awsecs", "ecsonfargate", "elasticcontainerservice"]),
    (
        &["eks", "kubernetes", "gke", "aks"],
        &["eks", "kubernetes", "k8s", "kube", "awseks", "elastickubernetesservice", "googlekubernetesengine"],
    ),
    (&["cloudfunctions"], &["cloudfunction", "gcf", "googlecloudfunctions"]),
    (&["cloudrun"], &["googlecloudrun"]),
    (&["functions"], &["azurefunctions", "azurefunction", "functionapp"]),
    (&["containerapps"], &["containerapp", "azurecontainerapps", "aca"]),
];

/// Words for what several targets are, or none is, and what is to be said of them.
const VAGUE: [(&[&str], &str); 3] = [
    (&["ec2", "vm", "vms", "awsec2", "instance"], "No unit becomes a machine of its own"),
    (&["container", "containers", "docker"], "A container runs on more than one of them"),
    (&["serverless"], "More than one of them is serverless"),
];

/// A sentence that says which of `names` someone meant who wrote `word`, starting with a blank; empty when nobody can tell.
pub fn meant_target(word: &str, names: &[&'static str]) -> String {
    let plain: String =
        word.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect();
    // What comes nearest by its letters is of no use for a word that means something else.
    if let Some((_, why)) = VAGUE.iter().find(|(words, _)| words.contains(&&*plain)) {
        return format!(" {why}.");
    }
    let known = CALLED.iter().find(|(_, words)| words.contains(&&*plain));
    match known.and_then(|(targets, _)| names.iter().find(|name| targets.contains(name))) {
        Some(name) => format!(" That is `{name}` here."),
        None => suggestion(word, names.iter().copied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_call_a_target_is_known() {
        let aws = &["lambda", "ecs", "eks"][..];
        let later = &["lambda", "ecs", "kubernetes"][..];
        for (word, names, expected) in [
            ("fargate", aws, " That is `ecs` here."),
            ("Fargate", aws, " That is `ecs` here."),
            ("ECS on Fargate", aws, " That is `ecs` here."),
            ("aws-lambda", aws, " That is `lambda` here."),
            ("lambda_function", aws, " That is `lambda` here."),
            ("k8s", aws, " That is `eks` here."),
            ("eks", later, " That is `kubernetes` here."),
            ("kubernetes", &["cloudfunctions", "cloudrun", "gke"], " That is `gke` here."),
            ("azure-functions", &["functions", "containerapps", "aks"], " That is `functions` here."),
            ("lamda", aws, " Did you mean `lambda`?"),
            // Its letters are near, and it is something else.
            ("ec2", aws, " No unit becomes a machine of its own."),
            ("container", aws, " A container runs on more than one of them."),
            ("serverless", aws, " More than one of them is serverless."),
            ("cloud-run", aws, ""),
            ("é", aws, ""),
        ] {
            assert_eq!(meant_target(word, names), expected, "{word}");
        }
    }

    #[test]
    fn no_word_has_two_meanings() {
        let words = CALLED.iter().map(|(_, words)| words).chain(VAGUE.iter().map(|(words, _)| words));
        let mut all: Vec<_> = words.flat_map(|words| words.iter()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
