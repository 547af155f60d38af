//! How the names of attributes are resolved (reference, 5.6).

use super::facts_of;

fn is_read(text: &str) -> bool {
    !facts_of(text).routes.is_empty()
}

#[test]
fn names_mean_what_their_scope_says() {
    let class =
        |attribute: &str| format!("class AController {{ [{attribute}(\"a\")] public void A() {{ }} }}");
    let short = class("HttpGet");
    for text in [
        format!("using Microsoft.AspNetCore.Mvc;\n{short}"),
        format!("global using Microsoft.AspNetCore.Mvc;\n{short}"),
        format!("using global::Microsoft.AspNetCore.Mvc;\n{short}"),
        format!("namespace X {{ using Microsoft.AspNetCore.Mvc;\n{short} }}"),
        format!("namespace X {{ using Microsoft.AspNetCore.Mvc;\nnamespace Y {{ {short} }} }}"),
        class("Microsoft.AspNetCore.Mvc.HttpGet"),
        class("global::Microsoft.AspNetCore.Mvc.HttpGet"),
        format!("using Mvc = Microsoft.AspNetCore.Mvc;\n{}", class("Mvc.HttpGet")),
        format!("using Asp = Microsoft.AspNetCore;\n{}", class("Asp.Mvc.HttpGet")),
        format!("using Mvc = Microsoft.AspNetCore.Mvc;\n{}", class("Mvc::HttpGet")),
        format!("using Got = Microsoft.AspNetCore.Mvc.HttpGet;\n{}", class("Got")),
        format!("namespace X {{ class HttpGet {{ }}\n{short} }}"),
    ] {
        assert!(is_read(&text), "{text}");
    }
    for text in [
        short.clone(),
        format!("using Microsoft.AspNetCore;\n{short}"),
        format!("using Mvc = Microsoft.AspNetCore.Mvc;\n{short}"),
        format!("using HttpGet = Other.HttpGet;\nusing Microsoft.AspNetCore.Mvc;\n{short}"),
        format!("namespace X {{ using Microsoft.AspNetCore.Mvc; }}\n{short}"),
        format!("namespace X {{ class HttpGet {{ }} }}\nnamespace Y {{ {short} }}"),
        format!("using Microsoft.AspNetCore.Mvc;\n{}", class("HttpGetAttribute")),
        format!("using Microsoft.AspNetCore.Mvc;\n{}", class("Other.HttpGet")),
    ] {
        assert!(!is_read(&text), "{text}");
    }
}
