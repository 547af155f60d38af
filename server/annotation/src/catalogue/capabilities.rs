use super::Need::{Expected, Optional, Required, RequiredIn};
use super::unit::EXECUTION_UNIT;
use super::{Capability, Directive, Need, Reader, Support, ValueType};
use klotho_grammars::Language::{CSharp, Go, Java, JavaScript, Python, Rust, Tsx, TypeScript};

const ECMASCRIPT: &[klotho_grammars::Language] = &[JavaScript, TypeScript, Tsx];
pub(super) const ANYWHERE: &[Support] = &[Support {
    languages: &[JavaScript, TypeScript, Tsx, Python, Go, CSharp, Rust, Java],
    on: "",
    signs: &[],
}];

/// Every capability that the compiler knows, in the order in which documentation lists them.
pub const CAPABILITIES: &[Capability] =
    &[EXECUTION_UNIT, EXPOSE, PERSIST, PUBSUB, CONFIG, STATIC_UNIT, EMBED_ASSETS];

/// Names that private versions of Klotho used, and today's.
pub const HISTORIC_NAMES: &[(&str, &str)] = &[
    ("public", "expose"),
    ("execution_group", "execution_unit"),
    ("exec_unit", "execution_unit"),
    ("distributed", "pubsub"),
];

/// An optional directive of the compiler's that takes one string.
pub(super) const STRING: Directive = Directive {
    name: "",
    types: &[ValueType::String],
    need: Optional,
    default: "",
    allowed: &[],
    summary: "",
    docs: "",
    reader: Reader::Compiler,
    keys: &[],
};
/// How much a resource is used; which keys there are depends on what it becomes in the cloud.
const WORKLOAD: Directive = Directive {
    name: "workload",
    types: &[ValueType::Table],
    summary: "How much it is used: what its cost is worked out from.",
    docs: "What is not said here or in klotho.yaml is derived from the requests of the units that use it, and shown as \
           assumed. A table takes all keys below it, so it comes last in the body.",
    reader: Reader::KlothoLs,
    ..STRING
};
const FLAG: Directive = Directive { types: &[ValueType::Boolean], default: "false", ..STRING };
const PATTERNS: Directive = Directive {
    types: &[ValueType::String, ValueType::Strings],
    docs: "A glob or a list of globs with `*`, `?`, `[…]`, `{a,b}` and `**`. A pattern that starts with `/` is relative to the \
           project's root, any other to the folder of the annotated file.\n\nIn a block comment `**/` would end the comment: \
           use line comments for such patterns.",
    ..STRING
};

pub(super) const fn id(need: Need, summary: &'static str) -> Directive {
    Directive {
        name: "id",
        need,
        summary,
        docs: "At most 25 bytes of ASCII letters, digits and `_ - . : /`.",
        ..STRING
    }
}

const EXPOSE: Capability = Capability {
    name: "expose",
    summary: "Serves the annotated web server's routes through a gateway.",
    docs: "The routes of the annotated server become routes of a **gateway** that the internet can reach. Klotho reads them \
           from the code, with the routers that are mounted on the server.\n\nIn JavaScript and TypeScript the annotation \
           stands above the `listen` call of an Express app, in Python above `app = FastAPI(...)`, in Go above \
           `http.ListenAndServe(\"...\", router)` with the first chi router of the file, in C# above \
           `app.UseEndpoints(...)` in ASP.NET Core's startup class. Two annotations with one id share one gateway.",
    id: RequiredIn(ECMASCRIPT),
    resources: &["gateway"],
    support: &[
        Support { languages: ECMASCRIPT, on: "the `listen` call of an Express app", signs: &[".listen("] },
        Support { languages: &[Python], on: "`app = FastAPI(...)`", signs: &["FastAPI("] },
        Support {
            languages: &[Go],
            on: "`http.ListenAndServe(\"...\", router)` with a chi router",
            signs: &["ListenAndServe("],
        },
        Support {
            languages: &[CSharp],
            on: "`app.UseEndpoints(...)` in the startup class of an ASP.NET Core program",
            signs: &[".UseEndpoints("],
        },
        Support {
            languages: &[Rust],
            on: "`axum::serve(...)` or `HttpServer::new(...)` of Actix Web",
            signs: &["serve(", "HttpServer::new("],
        },
        Support {
            languages: &[Java],
            on: "a Spring application",
            signs: &["SpringApplication", "@SpringBootApplication"],
        },
    ],
    directives: &[
        id(RequiredIn(ECMASCRIPT), "Name of the gateway."),
        Directive {
            name: "target",
            need: Required,
            default: "private",
            allowed: &["public"],
            summary: "Who may reach the gateway: it must be `\"public\"`.",
            docs: "Private gateways were never built: the compiler refuses anything but `target = \"public\"`.",
            ..STRING
        },
    ],
    historic_directives: &["description"],
    snippet: "@klotho::expose {\n  id = \"$1\"\n  target = \"public\"\n}",
};

const PERSIST: Capability = Capability {
    name: "persist",
    summary: "Keeps what the annotated store holds in a managed store of the cloud.",
    docs: "The kind of store follows from the code below the annotation:\n\n| code | store |\n|---|---|\n| `new Map()` \
           (JavaScript, TypeScript), `aiocache.Cache` (Python) | key-value |\n| `fs/promises`, `aiofiles`, Go's gocloud `blob` \
           | files |\n| the same with `secret = true` | secrets |\n| Sequelize, TypeORM, SQLAlchemy | relational database |\n| \
           node-redis, redis-py | Redis node or cluster |\n\nIn every language `environment_variables` declares a database \
           or a Redis by the variables that the code reads.",
    id: Required,
    resources: &[
        "persist_kv",
        "persist_fs",
        "persist_secret",
        "persist_orm",
        "persist_redis_node",
        "persist_redis_cluster",
    ],
    support: &[
        Support {
            languages: ECMASCRIPT,
            on: "`Map`, `fs/promises`, Sequelize, TypeORM, node-redis",
            signs: &[
                "Map(",
                "Map<",
                "fs/promises",
                "Sequelize(",
                "DataSource(",
                "createClient(",
                "createCluster(",
            ],
        },
        Support {
            languages: &[Python],
            on: "aiocache, aiofiles, SQLAlchemy, redis-py",
            signs: &["Cache(", "aiofiles", "create_engine(", "Redis(", "RedisCluster("],
        },
        Support {
            languages: &[Go],
            on: "`bucket, err := blob.OpenBucket(...)` of gocloud",
            signs: &["OpenBucket("],
        },
        Support { languages: &[CSharp], on: "any code, with `environment_variables`", signs: &[] },
        Support {
            languages: &[Rust],
            on: "SQLx, Diesel, SeaORM, redis, object_store, the AWS SDK for S3",
            signs: &["Pool", "Connection", "Database::connect", "redis::", "object_store", "aws_sdk_s3"],
        },
        Support {
            languages: &[Java],
            on: "JPA, JDBC, Lettuce, Jedis, Spring Data, the AWS SDK for S3",
            signs: &[
                "EntityManager",
                "DataSource",
                "DriverManager",
                "RedisClient",
                "Jedis",
                "Repository",
                "S3Client",
            ],
        },
    ],
    directives: &[
        id(Required, "Name of the store."),
        Directive {
            name: "secret",
            summary: "Whether the files are secrets.",
            docs: "Only where the annotated code imports `fs/promises` or `aiofiles`; ignored on other stores.",
            ..FLAG
        },
        Directive {
            name: "environment_variables",
            types: &[ValueType::Table],
            summary: "Variables bound to properties of the store.",
            docs: "`NAME = \"kind.property\"`, all of one kind. The store exists whatever code the annotation stands above. A \
                   table takes all keys below it, so it comes last in the body.",
            keys: &[Directive {
                name: "*",
                allowed: &[
                    "orm.connection_string",
                    "redis_node.host",
                    "redis_node.port",
                    "redis_cluster.host",
                    "redis_cluster.port",
                ],
                summary: "The property that the variable holds, as `kind.property`.",
                ..STRING
            }],
            ..STRING
        },
        Directive {
            name: "ttl",
            types: &[ValueType::Number],
            summary: "Seconds after which an item expires, in a key-value store of JavaScript.",
            reader: Reader::Runtime,
            ..STRING
        },
        Directive {
            name: "versioned",
            summary: "Whether items carry versions, in a key-value store of JavaScript.",
            reader: Reader::Runtime,
            ..FLAG
        },
        Directive {
            name: "batch_write",
            summary: "Whether writes are gathered, in a key-value store of JavaScript.",
            reader: Reader::Runtime,
            ..FLAG
        },
        Directive {
            name: "write_on_change",
            default: "true",
            summary: "Whether each change is written at once, in a key-value store of JavaScript.",
            reader: Reader::Runtime,
            ..FLAG
        },
        WORKLOAD,
    ],
    historic_directives: &["map_id", "eventually_consistent", "type"],
    snippet: "@klotho::persist {\n  id = \"$1\"\n}",
};

const PUBSUB: Capability = Capability {
    name: "pubsub",
    summary: "Carries the annotated emitter's events between units.",
    docs: "Events that any unit emits on the annotated `EventEmitter` reach the listeners in all units. The emitter must be \
           exported and created as `new EventEmitter()` or `new events.EventEmitter()`; `emit` and `on` with a plain string \
           are seen, other methods are not.",
    id: RequiredIn(ECMASCRIPT),
    resources: &["pubsub"],
    support: &[Support {
        languages: ECMASCRIPT,
        on: "an exported `EventEmitter`",
        signs: &["EventEmitter("],
    }],
    directives: &[id(RequiredIn(ECMASCRIPT), "Name of the group of topics."), WORKLOAD],
    historic_directives: &[],
    snippet: "@klotho::pubsub {\n  id = \"$1\"\n}",
};

const CONFIG: Capability = Capability {
    name: "config",
    summary: "Reads the annotated runtime variable from a secrets manager.",
    docs: "For Go programs that open a variable with `runtimevar.OpenVariable` from gocloud: the value lies in the cloud's \
           secrets manager. It has an effect only with `secret = true`.",
    id: Expected,
    resources: &["config"],
    support: &[Support {
        languages: &[Go],
        on: "`variable, err := runtimevar.OpenVariable(...)` of gocloud",
        signs: &["OpenVariable("],
    }],
    directives: &[
        id(Expected, "Name of the value."),
        Directive {
            name: "secret",
            need: Expected,
            allowed: &["true"],
            summary: "Must be `true` for any effect.",
            ..FLAG
        },
        WORKLOAD,
    ],
    historic_directives: &[],
    snippet: "@klotho::config {\n  id = \"$1\"\n  secret = true\n}",
};

const STATIC_UNIT: Capability = Capability {
    name: "static_unit",
    summary: "Serves files as a static website.",
    docs: "The matched files are uploaded to object storage and can be served through a content delivery network. A static \
           file is no program code any more: a script that `static_files` matches is not compiled. Files that the program \
           needs as well go to `shared_files`.",
    id: Required,
    resources: &["static_unit"],
    support: ANYWHERE,
    directives: &[
        id(Required, "Name of the website."),
        Directive {
            name: "index_document",
            summary: "The page that the root serves, as a path from the project's root.",
            ..STRING
        },
        Directive { name: "static_files", summary: "Files that belong to the website alone.", ..PATTERNS },
        Directive {
            name: "shared_files",
            summary: "Files that belong to the website and to the program.",
            ..PATTERNS
        },
        WORKLOAD,
    ],
    historic_directives: &[],
    snippet: "@klotho::static_unit {\n  id = \"$1\"\n  static_files = \"public/*\"\n  index_document = \"public/index.html\"\n}",
};

const EMBED_ASSETS: Capability = Capability {
    name: "embed_assets",
    summary: "Adds files to the unit's package.",
    docs: "Files that the program reads while it runs, such as templates and certificates, come along with the code of the \
           unit. It declares no resource of its own.",
    id: Optional,
    resources: &[],
    support: ANYWHERE,
    directives: &[
        id(Optional, "Accepted, and not used."),
        Directive { name: "include", need: Required, summary: "Files to add.", ..PATTERNS },
        Directive { name: "exclude", summary: "Files to leave out of those.", ..PATTERNS },
    ],
    historic_directives: &[],
    snippet: "@klotho::embed_assets {\n  id = \"$1\"\n  include = \"assets/*\"\n}",
};
