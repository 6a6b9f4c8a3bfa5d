/** Small trees whose difference comes out otherwise under nearly every setting that shapes a diff. */

export const UPSTREAM = {
  'main.go': `package main

import "example.com/storage"

func main() {
\tinterval := flag("interval")

\tstore := storage.New(interval)

\tstore.Run()
}
`,
  'storage/diskmetricstore.go': `package storage

// New makes a store.
func New(interval int) *Store {
\tstore := &Store{}
\tgo store.loop(interval)
\treturn store
}

// Runs until the end.
func (store *Store) loop(interval int) {
\tfor {
\t\tstore.wait(interval)
\t\tstore.write()
\t}
}

// Runs until the end.
func (store *Store) Run() {
\tfor {
\t\tstore.serve()
\t}
}

func (store *Store) frotz(x int) {
\tfor i := range 10 {
\t\tprint("answer")
\t\tprint(x, i)
\t}
}

func fact(n int) int {
\tif n > 1 {
\t\treturn fact(n-1) * n
\t}
\treturn 1
}
`,
};

export const FORK = {
  'main.go': `package main

import "example.com/storage"

func main() {
\tinterval := flag("interval")
\tlifetime := flag("lifetime")

\tstore := storage.New(interval, lifetime)

\tstore.Run()
}
`,
  'storage/diskmetricstore.go': `package storage

// New makes a store.
func New(interval int, lifetime int) *Store {
\tstore := &Store{}
\tgo store.loop(interval)
\tgo store.sweep(lifetime)
\treturn store
}

// Runs until the end.
func (store *Store) loop(interval int) {
\tfor {
\t\tstore.wait(interval)
\t\tstore.write()
\t}
}

// Runs until the end.
func (store *Store) sweep(lifetime int) {
\tfor {
\t\tstore.wait(lifetime)
\t\tstore.forget()
\t}
}

// Runs until the end.
func (store *Store) Run() {
\tfor {
\t\tstore.serve()
\t}
}

func fib(n int) int {
\tif n > 2 {
\t\treturn fib(n-1) + fib(n-2)
\t}
\treturn 1
}

func (store *Store) frotz(x int) {
\tfor i := range 10 {
\t\tprint(x, i)
\t}
}
`,
};

/** Their difference in the one form that counts. */
export const DIFFERENCE = `diff --git a/main.go b/main.go
index 310caa8118b71c4f73fbe22ab8ab8cdca1e308ed..631301b7477906bd98a8926f8353094ac88200ca 100644
--- a/main.go
+++ b/main.go
@@ -4,8 +4,9 @@ import "example.com/storage"
 
 func main() {
 \tinterval := flag("interval")
+\tlifetime := flag("lifetime")
 
-\tstore := storage.New(interval)
+\tstore := storage.New(interval, lifetime)
 
 \tstore.Run()
 }
diff --git a/storage/diskmetricstore.go b/storage/diskmetricstore.go
index 3f9f7f0bee43576f7ce9cb5572177bdc810f5907..0c46af556bf6a7515e153bbce53084eb4426b7a7 100644
--- a/storage/diskmetricstore.go
+++ b/storage/diskmetricstore.go
@@ -1,9 +1,10 @@
 package storage
 
 // New makes a store.
-func New(interval int) *Store {
+func New(interval int, lifetime int) *Store {
 \tstore := &Store{}
 \tgo store.loop(interval)
+\tgo store.sweep(lifetime)
 \treturn store
 }
 
@@ -16,22 +17,29 @@ func (store *Store) loop(interval int) {
 }
 
 // Runs until the end.
+func (store *Store) sweep(lifetime int) {
+\tfor {
+\t\tstore.wait(lifetime)
+\t\tstore.forget()
+\t}
+}
+
+// Runs until the end.
 func (store *Store) Run() {
 \tfor {
 \t\tstore.serve()
 \t}
 }
 
-func (store *Store) frotz(x int) {
-\tfor i := range 10 {
-\t\tprint("answer")
-\t\tprint(x, i)
+func fib(n int) int {
+\tif n > 2 {
+\t\treturn fib(n-1) + fib(n-2)
 \t}
+\treturn 1
 }
 
-func fact(n int) int {
-\tif n > 1 {
-\t\treturn fact(n-1) * n
+func (store *Store) frotz(x int) {
+\tfor i := range 10 {
+\t\tprint(x, i)
 \t}
-\treturn 1
 }
`;
