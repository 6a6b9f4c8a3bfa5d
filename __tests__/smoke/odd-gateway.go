// A small stand-in for a Pushgateway that does one thing wrong: the fault that stands behind the program's own bytes.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
)

func main() {
	program, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		panic(err)
	}
	fault := string(program[bytes.LastIndexByte(program, '\n')+1:])
	address := ""
	for _, arg := range os.Args[1:] {
		if arg == "--version" {
			version := "1.11.3+ttl.1"
			if fault == "version" {
				version = "1.11.2"
			}
			fmt.Printf("pushgateway, version %s (branch: )\n", version)
			return
		}
		if value, ok := strings.CutPrefix(arg, "--web.listen-address="); ok {
			address = value
		}
	}
	fmt.Fprintf(os.Stderr, "environment %s\n", strings.Join(os.Environ(), " "))
	if fault == "exits" || (fault == "exits-as-nobody" && os.Getuid() == 65534) {
		fmt.Fprintln(os.Stderr, "there is something that I do not like")
		os.Exit(5)
	}

	var lock sync.Mutex
	shown := ""
	http.HandleFunc("/-/ready", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		io.WriteString(w, shown)
	})
	http.HandleFunc("/metrics/job/", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		lock.Lock()
		defer lock.Unlock()
		if fault != "loses" {
			shown = strings.Replace(string(body), "\npushgateway_ttl_smoke_test ", "\npushgateway_ttl_smoke_test{job=\""+
				strings.TrimPrefix(r.URL.Path, "/metrics/job/")+"\"} ", 1)
		}
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
		}
	})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() { panic(http.ListenAndServe(address, nil)) }()
	<-stop
}
