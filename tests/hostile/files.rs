//! Files and folders that are not what their names say.

use crate::case::{Case, Said, write};
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

const UNIT: &[u8] = b"// @klotho::execution_unit { id = \"main\" }\nexports.run = () => {};\n";

const SIZE: &[Said] = &[("large.ts", "file-skipped", "was not read: the limit is 8 MiB")];
const BINARY: &[Said] = &[("nul.ts", "file-skipped", "binary data")];
const LATIN: &[Said] = &[("latin.ts", "file-skipped", "not UTF-8 from byte 4 on")];
const WIDE: &[Said] = &[("wide.ts", "file-skipped", "written in UTF-16")];
const PIPE: &[Said] = &[("pipe.ts", "file-skipped", "a pipe or a device")];
const CONFIG_PIPE: &[Said] = &[("klotho.yaml", "config-syntax", "a pipe or a device")];
const CONFIG_LINK: &[Said] = &[("klotho.yaml", "config-syntax", "a link")];
const CONFIG_FOLDER: &[Said] = &[("klotho.yaml", "config-syntax", "a folder")];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = odd_bytes();
    cases.extend(no_files());
    cases.extend(odd_names());
    cases.extend(odd_folders());
    cases
}

fn odd_bytes() -> Vec<Case> {
    vec![
        Case::file("a file of 100 MB", "large.ts", Vec::new).with_large("large.ts", 100 << 20).saying(SIZE),
        Case::file("a file of a terabyte, most of it a hole", "large.ts", Vec::new)
            .with_large("large.ts", 1 << 40)
            .saying(SIZE),
        Case::file("a line of 5 MB", "line.ts", || {
            [UNIT, "a + ".repeat(1_250_000).as_bytes(), b"a;\n"].concat()
        })
        .big(),
        Case::file("a comment of 5 MB", "line.ts", || {
            ["// @klotho::execution_unit { id = \"main\" }", &"x".repeat(5_000_000), "\n"]
                .concat()
                .into_bytes()
        }),
        Case::file("a string of 5 MB", "line.py", || {
            ["# @klotho::persist { id = \"a\" }\nx = \"", &"\\x".repeat(2_500_000), "\n"]
                .concat()
                .into_bytes()
        })
        .big(),
        Case::file("8 MiB of line ends", "lines.ts", || {
            [UNIT, "\n".repeat((8 << 20) - 100).as_bytes()].concat()
        })
        .big(),
        Case::file("NULs", "nul.ts", || [UNIT, &[0; 5000]].concat()).saying(BINARY),
        Case::file("bytes that are not UTF-8", "latin.ts", || {
            [b"// \xff\xfe\xc0\x80\xed\xa0\x80\n", UNIT].concat()
        })
        .saying(LATIN),
        Case::file("UTF-16", "wide.ts", || b"\xff\xfe/\0/\0 \0@\0k\0".to_vec()).saying(WIDE),
        Case::file("a mark of byte order before each line", "marks.ts", || {
            String::from_utf8_lossy(UNIT).replace('\n', "\n\u{feff}").repeat(500).into_bytes()
        }),
        Case::file("lines that end in every way", "ends.ts", || {
            b"// @klotho::execution_unit {\r\n//   id = \"main\"\r//   target = \"ecs\"\n\r// }\r\nexports.x = 1;\r".to_vec()
        }),
        Case::file("a thousand marks on each letter", "marks.ts", || {
            format!("// @klotho::execution_unit {{ id = \"a{}\" }}\n", "\u{301}".repeat(1000)).into_bytes()
        }),
    ]
}

/// Links, pipes and devices in the place of files.
fn no_files() -> Vec<Case> {
    vec![
        Case::new("links in circles", "a.ts", |folder| {
            write(folder, "a.ts", UNIT);
            for name in ["loop", "deep/loop", "deep/deeper/loop"] {
                write(folder, &format!("{name}.txt"), b"");
                symlink(folder, folder.join(name)).expect("a link");
            }
            symlink("self.ts", folder.join("self.ts")).expect("a link");
        }),
        Case::new("a pipe", "pipe.ts", |folder| pipe(&folder.join("pipe.ts"))).saying(PIPE),
        Case::new("a pipe as configuration", "klotho.yaml", |folder| pipe(&folder.join("klotho.yaml")))
            .saying(CONFIG_PIPE),
        Case::new("an import that leads to a pipe", "a.ts", |folder| {
            write(folder, "a.ts", &[b"import \"./pipe\";\n", UNIT].concat());
            pipe(&folder.join("pipe.ts"));
        })
        .saying(PIPE),
        Case::new("links to devices", "a.ts", |folder| {
            write(folder, "a.ts", &[b"import \"./zero\";\n", UNIT].concat());
            for (name, device) in
                [("zero.ts", "/dev/zero"), ("random.py", "/dev/urandom"), ("tty.go", "/dev/tty")]
            {
                symlink(device, folder.join(name)).expect("a link");
            }
        })
        .saying(&[("a.ts", "file-skipped", "which is a link")]),
        Case::new("a device as configuration", "klotho.yaml", |folder| {
            symlink("/dev/zero", folder.join("klotho.yaml")).expect("a link");
        })
        .saying(CONFIG_LINK),
        Case::new("a folder as configuration", "klotho.yaml", |folder| {
            write(folder, "klotho.yaml/a.ts", UNIT)
        })
        .saying(CONFIG_FOLDER),
        Case::new("a configuration outside of the project", "klotho.yaml", |folder| {
            symlink("/etc/passwd", folder.join("klotho.yaml")).expect("a link");
        })
        .saying(CONFIG_LINK),
    ]
}

fn odd_names() -> Vec<Case> {
    vec![
        Case::new("names that are not UTF-8", "a.ts", |folder| {
            write(folder, "a.ts", UNIT);
            for name in [&b"\xff\xfe.ts"[..], b"caf\xe9.py", b"\xed\xa0\x80.go"] {
                fs::write(folder.join(OsStr::from_bytes(name)), UNIT).expect("a file");
            }
        }),
        Case::new("names that shells and terminals read", "a.ts", |folder| {
            for name in [
                "a.ts",
                "-rf.ts",
                "$(id).ts",
                "a\nb.ts",
                "\u{1b}[2J.ts",
                "\u{202e}st.exe.ts",
                "a b'\".ts",
                "%2e%2e.ts",
            ] {
                write(folder, name, UNIT);
            }
        }),
        Case::new("names that Windows keeps for itself", "CON.ts", |folder| {
            for name in ["CON.ts", "nul.ts", "a.ts.", "a.ts ", "C:\\x.ts", "a\\..\\b.ts", "x.ts::$DATA"] {
                write(folder, name, UNIT);
            }
        }),
        Case::new("twins that differ in case", "a.ts", |folder| {
            for name in ["a.ts", "A.ts", "A.TS", "klotho.yaml", "Klotho.yaml", "KLOTHO.YAML"] {
                write(folder, name, if name.to_lowercase().ends_with("ts") { UNIT } else { b"app: x\n" });
            }
        }),
    ]
}

fn odd_folders() -> Vec<Case> {
    vec![
        Case::new("files and folders that nobody may read", "a.ts", |folder| {
            for name in ["a.ts", "closed.ts", "closed/b.ts"] {
                write(folder, name, UNIT);
            }
            for name in ["closed.ts", "closed"] {
                fs::set_permissions(folder.join(name), Permissions::from_mode(0o000)).expect("permissions");
            }
        }),
        Case::new("folders in folders, 1,500 deep", "a.ts", |folder| {
            write(folder, "a.ts", UNIT);
            deep(folder, 1_500);
        })
        .big(),
        Case::new("50,000 files in one folder", "a.ts", |folder| {
            write(folder, "a.ts", UNIT);
            for number in 0..50_000 {
                File::create(folder.join(format!("{number}.ts"))).expect("a file");
            }
        })
        .big(),
    ]
}

impl Case {
    /// With a file that is mostly a hole.
    fn with_large(self, file: &'static str, size: u64) -> Self {
        let make = move |folder: &Path| {
            write(folder, file, UNIT);
            File::options()
                .write(true)
                .open(folder.join(file))
                .and_then(|file| file.set_len(size))
                .expect("a hole");
        };
        // No editor sends such a file.
        Self { opened: String::new(), make: Box::new(make), ..self }
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

/// Folders in folders, made from the inside: a path to the innermost would be longer than the system takes.
fn deep(folder: &Path, depth: usize) {
    let inner = folder.join("inner");
    write(&inner, "a.ts", UNIT);
    for _ in 0..depth {
        let outer = folder.join("outer");
        fs::create_dir(&outer).expect("a folder");
        fs::rename(&inner, outer.join("d")).expect("one below the other");
        fs::rename(&outer, &inner).expect("a name");
    }
}
