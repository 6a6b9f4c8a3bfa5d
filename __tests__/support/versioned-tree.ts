/**
 * A small tree that passes for Pushgateway's and compiles in a second. It has a module where the real one has the fields
 * that the linker sets, so that the version is in the binary.
 */
export const VERSIONED_TREE: Readonly<Record<string, string>> = {
  'go.mod': `module github.com/prometheus/pushgateway

go 1.25.0

require github.com/prometheus/common v0.66.1

replace github.com/prometheus/common => ./common
`,
  'main.go': `package main

import "github.com/prometheus/common/version"

const greeting = "the program greets"

func main() {
\tprintln(greeting, version.Version, version.Revision, version.Branch, version.BuildUser, version.BuildDate)
}
`,
  'common/go.mod': 'module github.com/prometheus/common\n\ngo 1.25.0\n',
  'common/version/version.go': 'package version\n\nvar Version, Revision, Branch, BuildUser, BuildDate string\n',
  'common/LICENSE': 'a licence of the module\n',
  VERSION: '1.11.3\n',
  LICENSE: 'a licence\n',
};

/** A patch to it that has the program say something else, and a function for it. @param word letters alone */
export function patchThatSays(word: string): string {
  return `diff --git a/main.go b/main.go
--- a/main.go
+++ b/main.go
@@ -7,3 +7,11 @@
 func main() {
+\tsay${word}()
 \tprintln(greeting, version.Version, version.Revision, version.Branch, version.BuildUser, version.BuildDate)
 }
+
+//go:noinline
+func say${word}() {
+\tfor range len(version.Version) {
+\t\tprintln("the program says ${word}")
+\t}
+}
`;
}
