// Copyright 2026 The pushgateway-ttl-action Authors
// Licensed under the Apache License, Version 2.0 (the "License");
// you may not use this file except in compliance with the License.
// You may obtain a copy of the License at
//
// http://www.apache.org/licenses/LICENSE-2.0
//
// Unless required by applicable law or agreed to in writing, software
// distributed under the License is distributed on an "AS IS" BASIS,
// WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
// See the License for the specific language governing permissions and
// limitations under the License.

package storage

import (
	"fmt"
	"io/ioutil"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

// What a sweep costs others: how long it holds the lock, and how long others wait
// for it. Each iteration is one sweep of a store made for it. The longest of all
// iterations is reported, in milliseconds. scripts/bench-ttl.mjs runs single
// iterations, many times, and looks at all the results. An ordinary "go test" runs
// none of this.

// costs collects the longest durations by name.
type costs map[string]time.Duration

func (c costs) add(name string, d time.Duration) {
	if d > c[name] {
		c[name] = d
	}
}

func (c costs) report(b *testing.B) {
	for name, d := range c {
		b.ReportMetric(d.Seconds()*1000, name)
	}
}

// costReader asks for the read lock every now and then, until the returned function
// is called, which returns the longest wait for it.
func costReader(lock *sync.RWMutex) (end func() time.Duration) {
	var longest time.Duration
	stop := costLoop(func() {
		start := time.Now()
		lock.RLock()
		if waited := time.Since(start); waited > longest {
			longest = waited
		}
		lock.RUnlock()
		time.Sleep(100 * time.Microsecond)
	})
	return func() time.Duration {
		stop()
		return longest
	}
}

// costLoop calls f again and again until the returned function is called, which
// returns once f has. f has been called at least once before costLoop returns.
func costLoop(f func()) (end func()) {
	began, stop, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		f()
		close(began)
		for {
			select {
			case <-stop:
				return
			default:
				f()
			}
		}
	}()
	<-began
	return func() {
		close(stop)
		<-done
	}
}

// newCostStore returns a store with the provided number of groups of four families
// each: x, y, and those that the Pushgateway adds. y has expired, x only if all is
// true. There is no garbage, so that no garbage collection is due anytime soon.
func newCostStore(groups int, all bool) *DiskMetricStore {
	dms, clock := newIdleTTLStore(time.Minute)
	push := func(names ...string) {
		for i := 0; i < groups; i++ {
			dms.processWriteRequest(WriteRequest{
				Labels:         map[string]string{"job": "some_batch_job", "instance": fmt.Sprint(i)},
				Timestamp:      clock.now(),
				MetricFamilies: ttlFamilies(names...),
			})
		}
	}
	push("x", "y")
	clock.set(clock.now().Add(time.Hour))
	if !all {
		push("x")
	}
	runtime.GC()
	return dms
}

// The longest hold of the lock by a piece of a sweep, the longest wait of an
// otherwise idle reader, and the duration of the sweep. The control is the same
// reader while somebody does nothing but count in turns of the same length, with a
// lock of their own: what takes longer than a turn there is due to the machine and Go.
func BenchmarkTTLCostAlone(b *testing.B) {
	c := costs{}
	for i := 0; i < b.N; i++ {
		dms := newCostStore(100000, true)
		c.add("control-wait", costOfCounting(dms.ttl, 150*time.Millisecond))
		c.add("control-hold", dms.ttl.longestTurn)
		dms.ttl.longestTurn = 0
		endReader := costReader(&dms.lock)
		start := time.Now()
		dms.ttl.sweep()
		c.add("sweep", time.Since(start))
		c.add("wait", endReader())
		c.add("hold", dms.ttl.longestTurn)
		if n := len(dms.metricGroups); n != 0 {
			b.Fatalf("%d groups left", n)
		}
	}
	c.report(b)
}

// costOfCounting returns the longest wait of a reader during the given time.
func costOfCounting(s *ttlSweeper, length time.Duration) time.Duration {
	var lock sync.RWMutex
	end := costReader(&lock)
	turns := s.newLockTurns(&lock, nil)
	turns.begin()
	count := 0
	for start := time.Now(); time.Since(start) < length; turns.next() {
		for i := 0; i < 500; i++ {
			count += i
		}
	}
	turns.end()
	runtime.KeepAlive(count)
	return end()
}

// The duration of a sweep beside continuous reading when all has expired.
func BenchmarkTTLCostBesideScrapes(b *testing.B) {
	for _, groups := range []int{10000, 100000} {
		groups := groups
		b.Run(fmt.Sprint(groups), func(b *testing.B) {
			c := costs{}
			for i := 0; i < b.N; i++ {
				dms := newCostStore(groups, true)
				endScrapes := costLoop(func() { dms.GetMetricFamilies() })
				start := time.Now()
				dms.ttl.sweep()
				c.add("sweep", time.Since(start))
				endScrapes()
				if n := len(dms.metricGroups); n != 0 {
					b.Fatalf("%d groups left", n)
				}
			}
			c.report(b)
		})
	}
}

// The longest wait of a reader beside continuous reading, and beside continuous
// persisting, during the removal of one family of each group, and during ordinary
// pushes, one after the other, for the same time.
func BenchmarkTTLCostLikePushes(b *testing.B) {
	for _, beside := range []string{"scrapes", "persisting"} {
		for _, groups := range []int{10000, 100000} {
			beside, groups := beside, groups
			b.Run(fmt.Sprintf("%s/%d", beside, groups), func(b *testing.B) {
				c := costs{}
				for i := 0; i < b.N; i++ {
					var length time.Duration
					costBeside(b, c, beside, groups, "sweep", func(dms *DiskMetricStore) {
						start := time.Now()
						costOfRemoval(b, dms)
						length = time.Since(start)
					})
					costBeside(b, c, beside, groups, "push", func(dms *DiskMetricStore) {
						endPushes := costLoop(func() {
							dms.processWriteRequest(WriteRequest{
								Labels:         ttlLabels("a"),
								Timestamp:      dms.ttl.now(),
								MetricFamilies: ttlFamilies("x"),
							})
						})
						time.Sleep(length)
						endPushes()
					})
				}
				c.report(b)
			})
		}
	}
}

// costOfRemoval removes all that has expired, but gives up after three seconds: as
// the other work holds the lock for up to a second at a time, it might take too long
// to wait for the end.
func costOfRemoval(b *testing.B, dms *DiskMetricStore) {
	limit := time.AfterFunc(3*time.Second, func() { close(dms.drain) })
	defer limit.Stop()
	now := dms.ttl.now()
	expired, _ := dms.ttl.scan(now)
	if !dms.ttl.remove(expired, now) {
		b.Error("nothing removed")
	}
}

// costBeside adds the longest wait of a reader while f does something to a store
// that others read or persist all the time, and the longest time that they need for
// it once.
func costBeside(b *testing.B, c costs, beside string, groups int, name string, f func(dms *DiskMetricStore)) {
	file, remove := costFile(b)
	defer remove()
	dms := newCostStore(groups, false)
	dms.persistenceFile = file
	endWork := costLoop(func() {
		start := time.Now()
		if beside == "scrapes" {
			dms.GetMetricFamilies()
		} else if err := dms.persist(); err != nil {
			b.Error(err)
		}
		c.add(name+"-work", time.Since(start))
	})
	endReader := costReader(&dms.lock)
	f(dms)
	wait := endReader()
	endWork()
	c.add(name+"-wait", wait)
}

func costFile(b *testing.B) (file string, remove func()) {
	dir, err := ioutil.TempDir("", "ttl_cost_test.")
	if err != nil {
		b.Fatal(err)
	}
	return filepath.Join(dir, "persistence"), func() { os.RemoveAll(dir) }
}
