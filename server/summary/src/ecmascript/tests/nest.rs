//! NestJS: the application, its module, the module's controllers (reference, 5.4).

use super::facts;
use crate::{Declares, Framework, MountTarget};

const MAIN: &str = "import { NestFactory } from \"@nestjs/core\";
import { AppModule } from \"./app.module\";
async function bootstrap() {
  const app = await NestFactory.create<Platform>(AppModule, adapter);
  /* @klotho::expose {
   *   id = \"api\"
   *   target = \"public\"
   * }
   */
  await app.listen(3000);
}
const nestApp = bootstrap();
";

const CONTROLLER: &str = "import { Body, Controller, Get as Read, Module, Post } from \"@nestjs/common\";
@Controller(\"users\")
export class Users {
  @Read()
  all() {}
  @Post(\"/:id/\")
  write(@Body() body: string) {}
}
@Controller()
class Nameless {
  @Read(\"lost\")
  lost() {}
}
@Module({ imports: [], controllers: [Users] })
export class AppModule {}
";

#[test]
fn an_application_is_a_gateway_that_mounts_its_module() {
    for main in [MAIN, &MAIN.replace("<Platform>", "")] {
        let facts = facts("main.ts", main);
        let [gateway] = facts.declarations.as_slice() else { panic!("{:?}", facts.findings) };
        let Declares::Gateway { framework, router, .. } = &gateway.declares else { panic!("{gateway:?}") };
        assert_eq!((*framework, router.as_str()), (Framework::NestJs, "app"));
        assert_eq!(gateway.symbol.as_deref(), Some("nestApp"));
        assert!(
            facts
                .mounts
                .iter()
                .any(|mount| matches!(mount.target, MountTarget::Imported(..)) && mount.on == "app")
        );
    }
}

#[test]
fn an_application_that_nothing_keeps_is_told_what_to_write() {
    let said = |main: &str| {
        facts("main.ts", main)
            .findings
            .iter()
            .map(klotho_annotation::finding::Finding::message)
            .collect::<Vec<_>>()
    };
    let unkept = "The compiler cannot tell which app listens here, because nothing keeps what `bootstrap` returns. Write `const nestApp = \
                  bootstrap()` where it is called.";
    for call in ["bootstrap();", "void bootstrap();"] {
        assert_eq!(said(&MAIN.replace("const nestApp = bootstrap();", call)), [unkept], "{call}");
    }
    assert_eq!(said(MAIN), [""; 0]);
}

#[test]
fn a_controllers_decorators_are_routes_below_its_path() {
    let facts = facts("app.module.ts", CONTROLLER);
    let routes = facts.routes.iter().map(|route| format!("{} {} {}", route.on, route.verb, route.path));
    assert_eq!(routes.collect::<Vec<_>>(), ["Users GET /users", "Users POST /users/:id"]);
    let mounted = facts.mounts.iter().map(|mount| (mount.on.as_str(), &mount.target));
    let users = MountTarget::Local("Users".to_owned());
    // A controller shows by a mount without routes that it is there; one without a path is not.
    assert_eq!(mounted.collect::<Vec<_>>(), [("Users", &MountTarget::Opaque), ("AppModule", &users)]);
}

#[test]
fn decorators_of_others_are_no_routes() {
    let other = CONTROLLER.replace("@nestjs/common", "@other/common");
    let facts = facts("app.module.ts", &other);
    assert!(facts.routes.is_empty() && facts.mounts.is_empty());
}
