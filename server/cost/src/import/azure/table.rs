//! Which meter of Azure is which of our prices.
//!
//! Names of products and meters were read in projects that quote the API's answers.

/// One of our prices and the meter that it is.
pub(super) struct Rule {
    /// Our id; `*` is what `take` says.
    pub(super) id: &'static str,
    /// What our id counts.
    pub(super) unit: &'static str,
    pub(super) service: &'static str,
    /// The product, perhaps with `*`; empty = any.
    pub(super) product: &'static str,
    /// The meter; empty = any.
    pub(super) meter: &'static str,
    /// What the unit of measure may be, after its number.
    pub(super) measure: &'static [&'static str],
    /// What the `*` of the id is.
    pub(super) take: Take,
    /// Words in product, SKU or meter that mean another thing.
    pub(super) not: &'static [&'static str],
}

/// What an id takes over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    Nothing,
    /// The name of the machine, such as `Standard_D2_v3`.
    ArmSku,
    /// The name of the SKU without blanks, such as `P1v3`.
    Sku,
}

const fn meter(
    id: &'static str,
    unit: &'static str,
    service: &'static str,
    product: &'static str,
    meter: &'static str,
    measure: &'static [&'static str],
) -> Rule {
    Rule { id, unit, service, product, meter, measure, take: Take::Nothing, not: &[] }
}

const FUNCTIONS: &str = "Functions";
const APPS: &str = "Azure Container Apps";
const SECONDS: &[&str] = &["Second"];
const GB_SECONDS: &[&str] = &["GB Second"];
const GIB_SECONDS: &[&str] = &["GiB Second"];
const COUNT: &[&str] = &[""];
const HOURS: &[&str] = &["Hour"];
const GIB_HOURS: &[&str] = &["GiB Hour", "GB Hour"];

/// All of them.
pub(super) const RULES: &[Rule] = &[
    meter(
        "azure.functions.consumption.execution_time",
        "GB-second",
        FUNCTIONS,
        "Functions",
        "Standard Execution Time",
        GB_SECONDS,
    ),
    meter(
        "azure.functions.consumption.executions",
        "execution",
        FUNCTIONS,
        "Functions",
        "Standard Total Executions",
        COUNT,
    ),
    meter(
        "azure.functions.flex.on_demand_execution",
        "GB-second",
        FUNCTIONS,
        "Flex Consumption",
        "On Demand Execution Time",
        GB_SECONDS,
    ),
    meter(
        "azure.functions.flex.executions",
        "execution",
        FUNCTIONS,
        "Flex Consumption",
        "On Demand Total Executions",
        COUNT,
    ),
    meter(
        "azure.functions.flex.always_ready_baseline",
        "GB-second",
        FUNCTIONS,
        "Flex Consumption",
        "Always Ready Baseline",
        GB_SECONDS,
    ),
    meter(
        "azure.functions.flex.always_ready_execution",
        "GB-second",
        FUNCTIONS,
        "Flex Consumption",
        "Always Ready Execution Time",
        GB_SECONDS,
    ),
    meter(
        "azure.functions.premium.vcpu",
        "vCPU-hour",
        FUNCTIONS,
        "Premium Functions",
        "Premium vCPU Duration",
        HOURS,
    ),
    meter(
        "azure.functions.premium.memory",
        "GB-hour",
        FUNCTIONS,
        "Premium Functions",
        "Premium Memory Duration",
        GIB_HOURS,
    ),
    meter(
        "azure.aca.vcpu_active",
        "vCPU-second",
        APPS,
        "Azure Container Apps",
        "Standard vCPU Active Usage",
        SECONDS,
    ),
    meter(
        "azure.aca.vcpu_idle",
        "vCPU-second",
        APPS,
        "Azure Container Apps",
        "Standard vCPU Idle Usage",
        SECONDS,
    ),
    meter(
        "azure.aca.memory_active",
        "GiB-second",
        APPS,
        "Azure Container Apps",
        "Standard Memory Active Usage",
        GIB_SECONDS,
    ),
    meter(
        "azure.aca.memory_idle",
        "GiB-second",
        APPS,
        "Azure Container Apps",
        "Standard Memory Idle Usage",
        GIB_SECONDS,
    ),
    meter("azure.aca.requests", "request", APPS, "Azure Container Apps", "Standard Requests", COUNT),
    meter(
        "azure.aca.dedicated_management",
        "hour",
        APPS,
        "Azure Container Apps",
        "Dedicated Plan Management",
        HOURS,
    ),
    meter(
        "azure.aca.dedicated_vcpu",
        "vCPU-hour",
        APPS,
        "Azure Container Apps",
        "Dedicated vCPU Usage",
        HOURS,
    ),
    meter(
        "azure.aca.dedicated_memory",
        "GiB-hour",
        APPS,
        "Azure Container Apps",
        "Dedicated Memory Usage",
        GIB_HOURS,
    ),
    meter(
        "azure.aks.standard_tier",
        "cluster-hour",
        "Azure Kubernetes Service",
        "",
        "Standard Uptime SLA",
        HOURS,
    ),
    Rule {
        take: Take::ArmSku,
        not: &["Windows", "Spot", "Low Priority", "CloudServices", "Cloud Services"],
        ..meter("azure.vm.*", "instance-hour", "Virtual Machines", "Virtual Machines *", "", HOURS)
    },
    Rule {
        take: Take::Sku,
        ..meter(
            "azure.appservice.linux.*",
            "instance-hour",
            "Azure App Service",
            "Azure App Service * Plan - Linux",
            "",
            HOURS,
        )
    },
    Rule {
        take: Take::Sku,
        ..meter(
            "azure.appservice.windows.*",
            "instance-hour",
            "Azure App Service",
            "Azure App Service * Plan",
            "",
            HOURS,
        )
    },
];
