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
	"math"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	dto "github.com/prometheus/client_model/go"
)

// ttlClock is a clock that stands still unless told otherwise.
type ttlClock struct {
	mtx sync.Mutex
	t   time.Time
}

func (c *ttlClock) now() time.Time {
	c.mtx.Lock()
	defer c.mtx.Unlock()
	return c.t
}

func (c *ttlClock) set(t time.Time) {
	c.mtx.Lock()
	defer c.mtx.Unlock()
	c.t = t
}

// newIdleTTLStore returns a store without any goroutine, so that a test can take
// each step itself.
func newIdleTTLStore(ttl time.Duration) (*DiskMetricStore, *ttlClock) {
	clock := &ttlClock{t: time.Now()}
	dms := &DiskMetricStore{
		writeQueue:   make(chan WriteRequest, 1),
		drain:        make(chan struct{}),
		done:         make(chan error),
		metricGroups: GroupingKeyToMetricGroup{},
		logger:       logger,
	}
	dms.ttl = newTTLSweeper(dms, ttl, clock.now)
	return dms, clock
}

// newTTLStore returns a store as it is used in production.
func newTTLStore(ttl time.Duration, file string, persistenceInterval time.Duration) *DiskMetricStore {
	MetricTTL = TTL(ttl)
	defer func() { MetricTTL = 0 }()
	return NewDiskMetricStore(file, persistenceInterval, nil, logger)
}

func ttlTestFile(t *testing.T) (file string, remove func()) {
	dir, err := ioutil.TempDir("", "ttl_test.")
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "persistence"), func() { os.RemoveAll(dir) }
}

func ttlFamily(name string, typ dto.MetricType, values ...float64) *dto.MetricFamily {
	mf := &dto.MetricFamily{Name: &name, Type: &typ}
	for i := range values {
		m := &dto.Metric{}
		switch typ {
		case dto.MetricType_GAUGE:
			m.Gauge = &dto.Gauge{Value: &values[i]}
		case dto.MetricType_COUNTER:
			m.Counter = &dto.Counter{Value: &values[i]}
		default:
			m.Untyped = &dto.Untyped{Value: &values[i]}
		}
		mf.Metric = append(mf.Metric, m)
	}
	return mf
}

// ttlFamilies turns "a", "b", "push_ttl_seconds=5" into families to be pushed.
func ttlFamilies(specs ...string) map[string]*dto.MetricFamily {
	mfs := map[string]*dto.MetricFamily{}
	for _, spec := range specs {
		parts := strings.SplitN(spec, "=", 2)
		v := 1.
		if len(parts) == 2 {
			if _, err := fmt.Sscan(parts[1], &v); err != nil {
				panic(err)
			}
		}
		mfs[parts[0]] = ttlFamily(parts[0], dto.MetricType_UNTYPED, v)
	}
	return mfs
}

func ttlLabels(job string) map[string]string {
	return map[string]string{"job": job}
}

// apply does what the loop does with a request, and returns the error.
func (dms *DiskMetricStore) apply(wr WriteRequest) error {
	wr.Done = make(chan error, 1)
	if dms.checkWriteRequest(wr) {
		dms.processWriteRequest(wr)
		return nil
	}
	dms.setPushFailedTimestamp(wr)
	return <-wr.Done
}

// submit pushes to a running store and waits for the result.
func (dms *DiskMetricStore) submit(wr WriteRequest) error {
	wr.Done = make(chan error, 1)
	dms.SubmitWriteRequest(wr)
	return <-wr.Done
}

// contents returns everything readable as sorted "job/family".
func (dms *DiskMetricStore) contents() []string {
	result := []string{}
	for _, group := range dms.GetMetricFamiliesMap() {
		for name := range group.Metrics {
			result = append(result, group.Labels["job"]+"/"+name)
		}
		if len(group.Metrics) == 0 {
			result = append(result, group.Labels["job"]+"/")
		}
	}
	sort.Strings(result)
	return result
}

func expectContents(t *testing.T, dms *DiskMetricStore, when string, expected ...string) {
	t.Helper()
	if got := dms.contents(); strings.Join(got, " ") != strings.Join(expected, " ") {
		t.Errorf("%s: expected contents %v, got %v", when, expected, got)
	}
}

// eventually waits for a condition and returns how long it took.
func eventually(t *testing.T, what string, limit time.Duration, f func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !f() {
		if time.Since(start) > limit {
			t.Fatalf("%s: not within %v", what, limit)
		}
		time.Sleep(2 * time.Millisecond)
	}
	return time.Since(start)
}

func TestTTLFlag(t *testing.T) {
	for _, test := range []struct {
		in, out string
		ok      bool
	}{
		{"0", "0s", true},
		{"0s", "0s", true},
		{"-0s", "0s", true},
		{"1s", "1s", true},
		{"120s", "2m0s", true},
		{"1h30m", "1h30m0s", true},
		{"87600h", "87600h0m0s", true},
		{"", "", false},
		{"5", "", false},
		{"-1s", "", false},
		{"-1ns", "", false},
		{"1ns", "", false},
		{"999ms", "", false},
		{"1d", "", false},
		{"300y", "", false},
		{"NaN", "", false},
	} {
		var ttl TTL
		switch err := ttl.Set(test.in); {
		case test.ok && err != nil:
			t.Errorf("%q: unexpected error %v", test.in, err)
		case test.ok && ttl.String() != test.out:
			t.Errorf("%q: expected %s, got %s", test.in, test.out, ttl.String())
		case !test.ok && err == nil:
			t.Errorf("%q: no error", test.in)
		case !test.ok && (!strings.Contains(err.Error(), "at least 1s") || ttl != 0):
			t.Errorf("%q: unhelpful error %v or value %v", test.in, err, ttl)
		}
	}
}

func TestTTLOff(t *testing.T) {
	dms := newTTLStore(0, "", time.Hour)
	if dms.ttl != nil {
		t.Error("sweeper despite TTL being off")
	}
	old := time.Now().Add(-1000 * time.Hour)
	if err := dms.submit(WriteRequest{
		Labels:         ttlLabels("a"),
		Timestamp:      old,
		MetricFamilies: ttlFamilies("x", "push_ttl_seconds=-1"),
	}); err != nil {
		t.Error(err)
	}
	expectContents(t, dms, "off", "a/push_failure_time_seconds", "a/push_time_seconds", "a/push_ttl_seconds", "a/x")
	mf := dms.GetMetricFamiliesMap()[groupingKeyFor(ttlLabels("a"))].Metrics["push_ttl_seconds"].GetMetricFamily()
	if mf.GetType() != dto.MetricType_UNTYPED || mf.GetHelp() != "" {
		t.Errorf("family changed: %v", mf)
	}
	if err := dms.Shutdown(); err != nil {
		t.Error(err)
	}
}

func TestTTLLifetime(t *testing.T) {
	const ttl = 10 * time.Second
	type push struct {
		at       time.Duration
		job      string
		replace  bool
		del      bool
		fail     bool
		families []string
	}
	all := func(job string, names ...string) []string {
		for i, n := range names {
			names[i] = job + "/" + n
		}
		names = append(names, job+"/push_failure_time_seconds", job+"/push_time_seconds")
		sort.Strings(names)
		return names
	}
	for _, test := range []struct {
		name   string
		pushes []push
		reads  map[time.Duration][]string
	}{
		{
			name:   "one push",
			pushes: []push{{job: "a", families: []string{"x", "y"}}},
			reads: map[time.Duration][]string{
				ttl - time.Millisecond: all("a", "x", "y"),
				ttl - 1:                all("a", "x", "y"),
				ttl:                    nil,
			},
		},
		{
			name: "families have their own stamps",
			pushes: []push{
				{job: "a", families: []string{"x", "y"}},
				{at: 4 * time.Second, job: "a", families: []string{"y", "z"}},
			},
			reads: map[time.Duration][]string{
				ttl - 1:                 all("a", "x", "y", "z"),
				ttl:                     all("a", "y", "z"),
				ttl + 4*time.Second - 1: all("a", "y", "z"),
				ttl + 4*time.Second:     nil,
			},
		},
		{
			name: "an empty push keeps the group but not the families",
			pushes: []push{
				{job: "a", families: []string{"x"}},
				{at: 4 * time.Second, job: "a"},
			},
			reads: map[time.Duration][]string{
				ttl:                     all("a"),
				ttl + 4*time.Second - 1: all("a"),
				ttl + 4*time.Second:     nil,
			},
		},
		{
			name: "so does a failed push",
			pushes: []push{
				{job: "a", families: []string{"x"}},
				{at: 4 * time.Second, job: "a", fail: true, families: []string{"x"}},
			},
			reads: map[time.Duration][]string{
				ttl - 1:                 all("a", "x"),
				ttl:                     all("a"),
				ttl + 4*time.Second - 1: all("a"),
				ttl + 4*time.Second:     nil,
			},
		},
		{
			name:   "a group with nothing but failures",
			pushes: []push{{job: "a", fail: true, families: []string{"x"}}},
			reads:  map[time.Duration][]string{ttl - 1: all("a"), ttl: nil},
		},
		{
			name: "replacing and deleting",
			pushes: []push{
				{job: "a", families: []string{"x", "y"}},
				{job: "b", families: []string{"x"}},
				{at: time.Second, job: "a", replace: true, families: []string{"y"}},
				{at: time.Second, job: "b", del: true},
			},
			reads: map[time.Duration][]string{
				ttl:                   all("a", "y"),
				ttl + time.Second - 1: all("a", "y"),
				ttl + time.Second:     nil,
			},
		},
		{
			name: "TTL chosen by the client",
			pushes: []push{
				{job: "a", families: []string{"x"}},
				{at: time.Second, job: "a", families: []string{"y", "push_ttl_seconds=2.5"}},
				{at: 2 * time.Second, job: "a", families: []string{"z"}},
			},
			reads: map[time.Duration][]string{
				2500*time.Millisecond - 1: all("a", "x", "y", "z", "push_ttl_seconds"),
				2500 * time.Millisecond:   all("a", "y", "z", "push_ttl_seconds"),
				3500 * time.Millisecond:   all("a", "z", "push_ttl_seconds"),
				4500*time.Millisecond - 1: all("a", "z", "push_ttl_seconds"),
				4500 * time.Millisecond:   nil,
			},
		},
		{
			name: "TTL chosen by the client to be longer than the default",
			pushes: []push{
				{job: "a", families: []string{"x"}},
				{at: time.Second, job: "a", families: []string{"push_ttl_seconds=60"}},
			},
			reads: map[time.Duration][]string{
				60*time.Second - 1: all("a", "x", "push_ttl_seconds"),
				60 * time.Second:   all("a", "push_ttl_seconds"),
				61 * time.Second:   nil,
			},
		},
		{
			name:   "TTL chosen to be infinite",
			pushes: []push{{job: "a", families: []string{"x", "push_ttl_seconds=0"}}},
			reads:  map[time.Duration][]string{math.MaxInt64: all("a", "x", "push_ttl_seconds")},
		},
		{
			name: "replacing ends the TTL chosen by the client",
			pushes: []push{
				{job: "a", families: []string{"x", "push_ttl_seconds=0"}},
				{at: time.Second, job: "a", replace: true, families: []string{"y"}},
			},
			reads: map[time.Duration][]string{
				ttl + time.Second - 1: all("a", "y"),
				ttl + time.Second:     nil,
			},
		},
		{
			name: "so does deleting",
			pushes: []push{
				{job: "a", families: []string{"x", "push_ttl_seconds=0"}},
				{at: time.Second, job: "a", del: true},
				{at: time.Second, job: "a", families: []string{"y"}},
			},
			reads: map[time.Duration][]string{
				ttl + time.Second - 1: all("a", "y"),
				ttl + time.Second:     nil,
			},
		},
		{
			name: "a bad TTL is refused as a whole and changes nothing",
			pushes: []push{
				{job: "a", families: []string{"x", "push_ttl_seconds=20"}},
				{at: time.Second, job: "a", fail: true, families: []string{"y", "push_ttl_seconds=0.5"}},
			},
			reads: map[time.Duration][]string{
				20*time.Second - 1: all("a", "x", "push_ttl_seconds"),
				20 * time.Second:   all("a", "push_ttl_seconds"),
				21 * time.Second:   nil,
			},
		},
	} {
		dms, clock := newIdleTTLStore(ttl)
		start := clock.now()
		for _, p := range test.pushes {
			clock.set(start.Add(p.at))
			wr := WriteRequest{Labels: ttlLabels(p.job), Timestamp: clock.now(), Replace: p.replace}
			if !p.del {
				wr.MetricFamilies = ttlFamilies(p.families...)
				if p.fail && wr.MetricFamilies["push_ttl_seconds"] == nil {
					ms := int64(1)
					wr.MetricFamilies["x"].Metric[0].TimestampMs = &ms
				}
			}
			if err := dms.apply(wr); (err != nil) != p.fail {
				t.Errorf("%s: push at %v: unexpected result %v", test.name, p.at, err)
			}
		}
		times := []time.Duration{}
		for at := range test.reads {
			times = append(times, at)
		}
		sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
		for _, at := range times {
			clock.set(start.Add(at))
			dms.ttl.sweep()
			expectContents(t, dms, fmt.Sprintf("%s: at %v", test.name, at), test.reads[at]...)
		}
	}
}

func TestTTLNextSweep(t *testing.T) {
	const ttl = 10 * time.Second
	dms, clock := newIdleTTLStore(ttl)
	start := clock.now()
	expectNext := func(expected time.Duration) {
		t.Helper()
		dms.ttl.sweep()
		if got := dms.ttl.next.Sub(start); got != expected {
			t.Errorf("expected next sweep at %v, got %v", expected, got)
		}
	}
	expectNext(ttl)
	dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: start, MetricFamilies: ttlFamilies("x")})
	clock.set(start.Add(3 * time.Second))
	dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: clock.now(), MetricFamilies: ttlFamilies("y")})
	expectNext(10 * time.Second)
	clock.set(start.Add(10 * time.Second))
	expectNext(13 * time.Second)
	if at := dms.ttl.plan(clock.now()).Sub(start); at != 13*time.Second {
		t.Errorf("woken up at %v", at)
	}
	dms.apply(WriteRequest{Labels: ttlLabels("b"), Timestamp: clock.now(), MetricFamilies: ttlFamilies("x", "push_ttl_seconds=0")})
	clock.set(start.Add(13*time.Second - 1))
	expectNext(13 * time.Second)
	if at := dms.ttl.plan(clock.now()); at.Sub(clock.now()) != sweepPace {
		t.Errorf("sweeps follow each other after %v", at.Sub(clock.now()))
	}
	clock.set(start.Add(13 * time.Second))
	expectNext(23 * time.Second)
	expectContents(t, dms, "end", "b/push_failure_time_seconds", "b/push_time_seconds", "b/push_ttl_seconds", "b/x")
}

func TestTTLPushWhileSweeping(t *testing.T) {
	dms, clock := newIdleTTLStore(time.Second)
	start := clock.now()
	for _, job := range []string{"a", "b", "c", "d"} {
		dms.apply(WriteRequest{Labels: ttlLabels(job), Timestamp: start, MetricFamilies: ttlFamilies("x", "y")})
	}
	now := start.Add(time.Second)
	clock.set(now)
	keys, _ := dms.ttl.scan(now)
	if keys.length != 4 {
		t.Fatalf("expected 4 groups to be expired, got %d", keys.length)
	}
	dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: now, MetricFamilies: ttlFamilies("y")})
	dms.apply(WriteRequest{Labels: ttlLabels("b"), Timestamp: now})
	dms.apply(WriteRequest{Labels: ttlLabels("c"), Timestamp: now, MetricFamilies: ttlFamilies("push_ttl_seconds=0")})
	if !dms.ttl.remove(keys, now) {
		t.Error("nothing removed")
	}
	expectContents(t, dms, "after",
		"a/push_failure_time_seconds", "a/push_time_seconds", "a/y",
		"c/push_failure_time_seconds", "c/push_time_seconds", "c/push_ttl_seconds", "c/x", "c/y",
	)
}

// The same, but in the middle of a group.
func TestTTLPushWhileSweepingGroup(t *testing.T) {
	names := []string{}
	for i := 0; i < 100; i++ {
		names = append(names, fmt.Sprintf("x%d", i))
	}
	for _, test := range []struct {
		name     string
		meddle   []WriteRequest
		expected int // Number of families not starting with "push_".
		group    bool
	}{
		{"nothing", nil, 0, false},
		{"push", []WriteRequest{{MetricFamilies: ttlFamilies(names...)}}, 100, true},
		{"empty push", []WriteRequest{{MetricFamilies: ttlFamilies()}}, 0, true},
		{"replace", []WriteRequest{{MetricFamilies: ttlFamilies(names...), Replace: true}}, 100, true},
		{"delete", []WriteRequest{{}}, 0, false},
		{"delete and push", []WriteRequest{{}, {MetricFamilies: ttlFamilies(names...)}}, 100, true},
		// What was deleted until then (at most 16 families) stays deleted.
		{"no TTL anymore", []WriteRequest{{MetricFamilies: ttlFamilies("push_ttl_seconds=0")}}, 84, true},
	} {
		dms, clock := newIdleTTLStore(time.Second)
		key := groupingKeyFor(ttlLabels("a"))
		dms.processWriteRequest(WriteRequest{Labels: ttlLabels("a"), Timestamp: clock.now(), MetricFamilies: ttlFamilies(names...)})
		now := clock.now().Add(time.Second)
		log := newExpiryLog(logger, 1)
		done := false
		turns := dms.ttl.newLockTurns(&dms.lock, func() {
			if !done {
				done = true
				for _, wr := range test.meddle {
					wr.Labels, wr.Timestamp = ttlLabels("a"), now
					dms.processWriteRequest(wr)
				}
			}
		})
		turns.length = 0
		turns.begin()
		dms.ttl.removeFromGroup(key, now, turns, log)
		if !done {
			t.Fatalf("%s: lock not released", test.name)
		}
		turns.end()
		group, ok := dms.metricGroups[key]
		n := 0
		for name := range group.Metrics {
			if !strings.HasPrefix(name, "push_") {
				n++
			}
		}
		// Up to two of the first 16 families of the iteration are those
		// that are never deleted, hence up to 86 may be left.
		if ok != test.group || n < test.expected || n > test.expected && (test.expected != 84 || n > 86) {
			t.Errorf("%s: expected %d families, got %d; group there: %v", test.name, test.expected, n, ok)
		}
	}
}

func TestTTLClient(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	hist := ttlFamily("push_ttl_seconds", dto.MetricType_HISTOGRAM)
	hist.Metric = []*dto.Metric{{Histogram: &dto.Histogram{}}}
	noValue := ttlFamily("push_ttl_seconds", dto.MetricType_GAUGE)
	noValue.Metric = []*dto.Metric{{Gauge: &dto.Gauge{}}}
	wrongValue := ttlFamily("push_ttl_seconds", dto.MetricType_UNTYPED, 5)
	wrongValue.Type = dto.MetricType_GAUGE.Enum()
	noType := ttlFamily("push_ttl_seconds", dto.MetricType_GAUGE, 5)
	noType.Type = nil

	gauge := func(values ...float64) *dto.MetricFamily {
		return ttlFamily("push_ttl_seconds", dto.MetricType_GAUGE, values...)
	}
	for i, test := range []struct {
		mf  *dto.MetricFamily
		ok  bool
		ttl time.Duration
	}{
		{gauge(5), true, 5 * time.Second},
		{ttlFamily("push_ttl_seconds", dto.MetricType_UNTYPED, 1.5), true, 1500 * time.Millisecond},
		{gauge(1), true, time.Second},
		{gauge(1e9), true, 1e18},
		{gauge(0), true, ttlNever},
		{gauge(math.Copysign(0, -1)), true, ttlNever},
		{gauge(0.999), false, 0},
		{gauge(1e9 + 1), false, 0},
		{gauge(-5), false, 0},
		{gauge(nan), false, 0},
		{gauge(inf), false, 0},
		{gauge(-inf), false, 0},
		{gauge(5, 5), false, 0},
		{gauge(), false, 0},
		{ttlFamily("push_ttl_seconds", dto.MetricType_COUNTER, 5), false, 0},
		{hist, false, 0},
		{noValue, false, 0},
		{wrongValue, false, 0},
		{noType, false, 0},
	} {
		for _, checked := range []bool{true, false} {
			dms, clock := newIdleTTLStore(time.Minute)
			wr := WriteRequest{
				Labels:    ttlLabels("a"),
				Timestamp: clock.now(),
				MetricFamilies: map[string]*dto.MetricFamily{
					"push_ttl_seconds": test.mf,
					"x":                ttlFamily("x", dto.MetricType_UNTYPED, 1),
				},
			}
			if checked {
				if err := dms.apply(wr); (err == nil) != test.ok {
					t.Errorf("%d: unexpected result %v", i, err)
				}
			} else if ok := dms.checkWriteRequest(wr); ok != test.ok {
				t.Errorf("%d: unexpected result %v without the consistency check", i, ok)
			} else if ok {
				dms.processWriteRequest(wr)
			} else {
				dms.setPushFailedTimestamp(wr)
			}
			if !test.ok {
				expectContents(t, dms, fmt.Sprint(i), "a/push_failure_time_seconds", "a/push_time_seconds")
				continue
			}
			metrics := dms.GetMetricFamiliesMap()[groupingKeyFor(ttlLabels("a"))].Metrics
			if got := ruleFor(metrics, time.Minute); got.ttl != test.ttl || !got.client {
				t.Errorf("%d: expected TTL %v, got %v", i, test.ttl, got)
			}
			mf := metrics["push_ttl_seconds"].GetMetricFamily()
			if mf.GetType() != dto.MetricType_GAUGE || mf.GetHelp() != clientTTLMetricHelp || len(mf.Metric) != 1 || mf.Metric[0].Gauge == nil {
				t.Errorf("%d: not stored as a proper gauge: %v", i, mf)
			}
			if len(mf.Metric[0].Label) != 2 {
				t.Errorf("%d: grouping labels missing: %v", i, mf)
			}
		}
	}
}

// A push that had to wait, or that shortens a TTL, must bring the sweep forward.
func TestTTLExpect(t *testing.T) {
	const ttl = time.Minute
	for _, test := range []struct {
		name   string
		group  []string // Pushed one second before.
		waited time.Duration
		push   []string
		want   bool
		at     time.Duration // Since the push of group.
	}{
		{name: "ordinary", push: []string{"x"}},
		{name: "hardly delayed", waited: sweepSlack, push: []string{"x"}},
		{name: "delayed", waited: 6 * time.Second, push: []string{"x"}, want: true, at: ttl - 5*time.Second},
		{name: "delayed and empty", waited: 6 * time.Second, want: true, at: ttl - 5*time.Second},
		{name: "delayed, group with own TTL", group: []string{"x", "push_ttl_seconds=10"}, waited: 6 * time.Second, push: []string{"x"}, want: true, at: 5 * time.Second},
		{name: "delayed, long TTL", waited: 6 * time.Second, push: []string{"push_ttl_seconds=3600"}, want: true, at: ttl - 5*time.Second},
		{name: "delayed, bad TTL", waited: 6 * time.Second, push: []string{"push_ttl_seconds=-1"}, want: true, at: ttl - 5*time.Second},
		{name: "new group, shorter", push: []string{"x", "push_ttl_seconds=5"}, want: true, at: 6 * time.Second},
		{name: "new group, longer", push: []string{"x", "push_ttl_seconds=65"}},
		{name: "new group, infinite", push: []string{"x", "push_ttl_seconds=0"}},
		{name: "shorter", group: []string{"x"}, push: []string{"push_ttl_seconds=5"}, want: true, at: time.Second},
		{name: "shorter than infinite", group: []string{"x", "push_ttl_seconds=0"}, push: []string{"push_ttl_seconds=600"}, want: true, at: time.Second},
		{name: "same", group: []string{"x", "push_ttl_seconds=5"}, push: []string{"push_ttl_seconds=5"}},
		{name: "longer", group: []string{"x", "push_ttl_seconds=5"}, push: []string{"push_ttl_seconds=6"}},
		{name: "bad", group: []string{"x"}, push: []string{"push_ttl_seconds=0.5"}},
	} {
		dms, clock := newIdleTTLStore(ttl)
		start := clock.now()
		if test.group != nil {
			dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: start, MetricFamilies: ttlFamilies(test.group...)})
		}
		dms.ttl.takeRequest()
		dms.ttl.due = time.Time{}
		clock.set(start.Add(time.Second))
		dms.apply(WriteRequest{
			Labels:         ttlLabels("a"),
			Timestamp:      clock.now().Add(-test.waited),
			MetricFamilies: ttlFamilies(test.push...),
		})
		dms.ttl.takeRequest()
		if got := !dms.ttl.due.IsZero(); got != test.want {
			t.Errorf("%s: sweep requested: %v, expected %v", test.name, got, test.want)
		} else if got && dms.ttl.due.Sub(start) != test.at {
			t.Errorf("%s: sweep requested at %v, expected %v", test.name, dms.ttl.due.Sub(start), test.at)
		}
	}
}

// A requested sweep must not be forgotten until the push is known to be stored.
func TestTTLDueUntilStored(t *testing.T) {
	dms, clock := newIdleTTLStore(time.Minute)
	s := dms.ttl
	start := clock.now()
	s.sweep()
	s.request(start.Add(time.Second))
	s.takeRequest()
	s.notifyLoop()
	if s.stored == nil || s.askStored || len(dms.writeQueue) != 1 {
		t.Fatal("loop not asked")
	}
	for i := 2; i < 5; i++ {
		clock.set(start.Add(time.Duration(i) * time.Second))
		if at := s.plan(clock.now()); at.After(clock.now()) {
			t.Errorf("%d: no sweep before %v", i, at)
		}
		s.sweep()
		if at := s.plan(clock.now()); at.Sub(clock.now()) != sweepPace {
			t.Errorf("%d: next sweep planned for %v later", i, at.Sub(clock.now()))
		}
	}
	s.stored = nil // What run does once it is closed.
	clock.set(start.Add(5 * time.Second))
	s.sweep()
	if at := s.plan(clock.now()); at.Sub(clock.now()) != time.Minute {
		t.Errorf("next sweep planned for %v later", at.Sub(clock.now()))
	}
}

func TestTTLFullQueue(t *testing.T) {
	file, remove := ttlTestFile(t)
	defer remove()
	dms, clock := newIdleTTLStore(time.Second)
	dms.persistenceFile = file
	s := dms.ttl
	dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: clock.now(), MetricFamilies: ttlFamilies("x")})
	dms.writeQueue <- WriteRequest{Labels: ttlLabels("b")}
	clock.set(clock.now().Add(time.Hour))
	s.sweep() // Would block forever if it waited for the queue.
	expectContents(t, dms, "full queue")
	if !s.unsaved {
		t.Error("removals considered saved")
	}
	if at := s.plan(clock.now()); at.Sub(clock.now()) != sweepPace {
		t.Errorf("next try planned for %v later", at.Sub(clock.now()))
	}
	<-dms.writeQueue
	s.notifyLoop()
	if s.unsaved || len(dms.writeQueue) != 1 {
		t.Error("loop not notified")
	}
	if wr := <-dms.writeQueue; wr.MetricFamilies != nil || len(wr.Labels) != 0 {
		t.Errorf("unexpected request %v", wr)
	}
}

// The real thing: metrics are there for the TTL and gone within a second, the
// removal is persisted, and a restart brings nothing back.
func TestTTLRunning(t *testing.T) {
	const ttl = time.Second
	file, remove := ttlTestFile(t)
	defer remove()
	dms := newTTLStore(ttl, file, 20*time.Millisecond)
	pushed := time.Now()
	if err := dms.submit(WriteRequest{Labels: ttlLabels("a"), Timestamp: pushed, MetricFamilies: ttlFamilies("x")}); err != nil {
		t.Fatal(err)
	}
	if err := dms.submit(WriteRequest{Labels: ttlLabels("b"), Timestamp: pushed, MetricFamilies: ttlFamilies("x", "push_ttl_seconds=0")}); err != nil {
		t.Fatal(err)
	}
	// What a server would find that was started after a kill -9 now.
	onDisk := func() string {
		other := &DiskMetricStore{persistenceFile: file, logger: logger}
		if err := other.restore(); err != nil {
			t.Fatal(err)
		}
		return strings.Join(other.contents(), " ")
	}
	eventually(t, "pushes persisted", 700*time.Millisecond, func() bool {
		return strings.Contains(onDisk(), "a/x") && strings.Contains(onDisk(), "b/x")
	})
	eventually(t, "expiry", ttl+time.Second-time.Since(pushed), func() bool {
		gone := len(dms.GetMetricFamiliesMap()) == 1
		if gone && time.Since(pushed) < ttl {
			t.Errorf("gone after %v", time.Since(pushed))
		}
		return gone
	})
	t.Logf("gone %v after the push", time.Since(pushed))
	eventually(t, "removal persisted", time.Second, func() bool {
		return !strings.Contains(onDisk(), "a/")
	})
	if !strings.Contains(onDisk(), "b/x") {
		t.Error("live group not persisted")
	}
	// Much shorter from now on, and that at once.
	changed := time.Now()
	if err := dms.submit(WriteRequest{Labels: ttlLabels("b"), Timestamp: changed, MetricFamilies: ttlFamilies("push_ttl_seconds=1")}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "expiry of old family", time.Second, func() bool {
		return !strings.Contains(strings.Join(dms.contents(), " "), "b/x")
	})
	eventually(t, "expiry of group", ttl+time.Second-time.Since(changed), func() bool {
		return len(dms.GetMetricFamiliesMap()) == 0
	})
	if err := dms.Shutdown(); err != nil {
		t.Error(err)
	}
	if got := onDisk(); got != "" {
		t.Errorf("left on disk: %s", got)
	}
}

func TestTTLRestart(t *testing.T) {
	file, remove := ttlTestFile(t)
	defer remove()
	now := time.Now()
	dms := newTTLStore(0, file, time.Hour)
	for _, p := range []struct {
		job      string
		age      time.Duration
		families map[string]*dto.MetricFamily
	}{
		{"old", 2 * time.Hour, ttlFamilies("x")},
		{"half", 2 * time.Hour, ttlFamilies("x")},
		{"half", time.Minute, ttlFamilies("y")},
		{"young", time.Minute, ttlFamilies("x")},
		{"future", -100 * time.Hour, ttlFamilies("x")},
		{"forever", 2 * time.Hour, ttlFamilies("x", "push_ttl_seconds=0")},
		{"bad", time.Minute, ttlFamilies("x", "push_ttl_seconds=-1")},
		{"worse", 2 * time.Hour, map[string]*dto.MetricFamily{"push_ttl_seconds": ttlFamily("push_ttl_seconds", dto.MetricType_UNTYPED, math.NaN())}},
	} {
		if err := dms.submit(WriteRequest{Labels: ttlLabels(p.job), Timestamp: now.Add(-p.age), MetricFamilies: p.families}); err != nil {
			t.Fatal(err)
		}
	}
	if err := dms.Shutdown(); err != nil {
		t.Fatal(err)
	}

	dms = newTTLStore(time.Hour, file, time.Hour)
	var expected []string
	for _, s := range []string{"bad/", "bad/x", "forever/", "forever/push_ttl_seconds", "forever/x", "future/", "future/x", "half/", "half/y", "young/", "young/x"} {
		for _, e := range strings.Split(s, " ") {
			if strings.HasSuffix(e, "/") {
				expected = append(expected, e+"push_failure_time_seconds", e+"push_time_seconds")
			} else {
				expected = append(expected, e)
			}
		}
	}
	expectContents(t, dms, "first read", expected...)
	for _, group := range dms.GetMetricFamiliesMap() {
		job := group.Labels["job"]
		for name, tmf := range group.Metrics {
			if !strings.Contains(tmf.Timestamp.String(), " m=") {
				t.Errorf("%s/%s: no monotonic clock reading in %v", job, name, tmf.Timestamp)
			}
			age := time.Since(tmf.Timestamp)
			if job == "young" && (age < time.Minute || age > 2*time.Minute) || job == "future" && age < 0 {
				t.Errorf("%s/%s: unexpected age %v", job, name, age)
			}
			if job == "forever" && name == "push_ttl_seconds" {
				if mf := tmf.GetMetricFamily(); mf.GetType() != dto.MetricType_GAUGE || mf.GetHelp() != clientTTLMetricHelp {
					t.Errorf("not a proper TTL: %v", mf)
				}
			}
		}
	}
	if err := dms.Shutdown(); err != nil {
		t.Fatal(err)
	}

	// Back to a server that knows nothing about TTLs.
	dms = newTTLStore(0, file, time.Hour)
	expectContents(t, dms, "TTL off", expected...)
	if err := dms.Shutdown(); err != nil {
		t.Fatal(err)
	}
}

func TestTTLEmptyGroupsAndCorruption(t *testing.T) {
	dms, clock := newIdleTTLStore(time.Minute)
	dms.metricGroups["nil"] = MetricGroup{Labels: ttlLabels("nil")}
	dms.metricGroups["empty"] = MetricGroup{Labels: ttlLabels("empty"), Metrics: NameToTimestampedMetricFamilyMap{}}
	dms.metricGroups["nofamily"] = MetricGroup{Labels: ttlLabels("nofamily"), Metrics: NameToTimestampedMetricFamilyMap{
		"x": {Timestamp: clock.now()}, "push_ttl_seconds": {Timestamp: clock.now()},
	}}
	dms.metricGroups["notime"] = MetricGroup{Labels: ttlLabels("notime"), Metrics: NameToTimestampedMetricFamilyMap{"x": {}}}
	dms.processWriteRequest(WriteRequest{Labels: ttlLabels("counter"), Timestamp: clock.now(), MetricFamilies: ttlFamilies("x", expiredTotalName)})
	dms.ttl.adopt()
	dms.ttl.sweep()
	expectContents(t, dms, "start", "counter/push_failure_time_seconds", "counter/push_time_seconds", "counter/x", "nofamily/x")
	clock.set(clock.now().Add(time.Minute))
	dms.ttl.sweep()
	expectContents(t, dms, "end")
}

func TestTTLCounterAndLog(t *testing.T) {
	value := func() float64 {
		m := &dto.Metric{}
		if err := expiredTotal.Write(m); err != nil {
			t.Fatal(err)
		}
		return m.GetCounter().GetValue()
	}
	before := value()
	dms, clock := newIdleTTLStore(time.Minute)
	dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: clock.now(), MetricFamilies: ttlFamilies("x", "y", "push_ttl_seconds=1")})
	clock.set(clock.now().Add(time.Second))
	dms.ttl.sweep()
	expectContents(t, dms, "end")
	if got := value() - before; got != 2 {
		t.Errorf("expected 2 expired families, got %v", got)
	}

	rec := &ttlLogRecorder{}
	log := newExpiryLog(rec, 1)
	log.add("x", ttlLabels("a"))
	log.add("", ttlLabels("a"))
	log.flush()
	log.flush()
	if expected := "metric family expired [name x labels map[job:a]]\nmetric group expired [labels map[job:a]]\n"; rec.String() != expected {
		t.Errorf("expected log %q, got %q", expected, rec.String())
	}
	log = newExpiryLog(nil, 0)
	log.add("x", ttlLabels("a"))
	log.flush()
}

type ttlLogRecorder struct{ strings.Builder }

func (l *ttlLogRecorder) Debug(msg string, args ...interface{}) {
	fmt.Fprintln(l, msg, args)
}

func TestTTLCounterIsRegisteredByFlag(t *testing.T) {
	var ttl TTL
	for _, s := range []string{"0", "1s", "2s"} {
		if err := ttl.Set(s); err != nil {
			t.Fatal(err)
		}
	}
	helps, err := extractPredefinedHelpStrings(prometheus.DefaultGatherer)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := helps["pushgateway_metric_families_expired_total"]; !ok {
		t.Error("counter not registered")
	}
}

// Nobody may have to wait for the end of a sweep. Without turns a reader sees what was before and what is after, however
// often that is tried; with them it is the scheduler's when it gets in between.
func TestTTLSweepInTurns(t *testing.T) {
	for try := 0; try < 20; try++ {
		if statesSeenInSweep(t) > 2 {
			return
		}
	}
	t.Error("a reader saw nothing in between in 20 sweeps")
}

func statesSeenInSweep(t *testing.T) int {
	dms, clock := newIdleTTLStore(time.Second)
	mfs := []string{}
	for i := 0; i < 1000; i++ { // One group alone needs several turns.
		mfs = append(mfs, fmt.Sprintf("x%d", i))
	}
	for i := 0; i < 20; i++ {
		dms.processWriteRequest(WriteRequest{Labels: ttlLabels(fmt.Sprint(i)), Timestamp: clock.now(), MetricFamilies: ttlFamilies(mfs...)})
	}
	dms.ttl.turn = 0
	started, stop, done := make(chan struct{}), make(chan struct{}), make(chan map[int]bool)
	go func() {
		seen := map[int]bool{}
		for i := 0; ; i++ {
			if i == 1 {
				close(started)
			}
			n := 0
			for _, g := range dms.GetMetricFamiliesMap() {
				n += len(g.Metrics)
			}
			seen[n] = true
			select {
			case <-stop:
				done <- seen
				return
			default:
			}
		}
	}()
	<-started
	clock.set(clock.now().Add(time.Second))
	dms.ttl.sweep()
	close(stop)
	seen := <-done
	expectContents(t, dms, "end")
	return len(seen)
}

// The goroutine must end with the store, even if that is in the middle of a sweep.
func TestTTLShutdownWhileSweeping(t *testing.T) {
	dms, clock := newIdleTTLStore(time.Second)
	for i := 0; i < 5000; i++ {
		dms.processWriteRequest(WriteRequest{Labels: ttlLabels(fmt.Sprint(i)), Timestamp: clock.now(), MetricFamilies: ttlFamilies("x")})
	}
	clock.set(clock.now().Add(time.Second))
	dms.ttl.turn = 0
	go dms.loop(time.Hour)
	ended := make(chan struct{})
	go func() {
		dms.ttl.run()
		close(ended)
	}()
	eventually(t, "sweep to begin", 10*time.Second, func() bool { return len(dms.GetMetricFamiliesMap()) < 5000 })
	if err := dms.Shutdown(); err != nil {
		t.Error(err)
	}
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("goroutine still running")
	}
	if n := len(dms.GetMetricFamiliesMap()); n == 0 {
		t.Log("the sweep was too fast to be interrupted")
	}
}

// For the race detector: pushes of all kinds, reads, persisting and sweeps at once.
func TestTTLConcurrency(t *testing.T) {
	file, remove := ttlTestFile(t)
	defer remove()
	const ttl = 30 * time.Millisecond
	MetricTTL = TTL(ttl)
	dms := NewDiskMetricStore(file, time.Millisecond, prometheus.DefaultGatherer, logger)
	MetricTTL = 0
	// More sweeps than the pace allows for.
	extra := newTTLSweeper(dms, ttl, time.Now)
	extra.turn = 0

	var wg sync.WaitGroup
	stop := make(chan struct{})
	start := func(f func(i int)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
					f(i)
				}
			}
		}()
	}
	for _, job := range []string{"a", "b", "c"} {
		job := job
		start(func(i int) {
			wr := WriteRequest{Labels: ttlLabels(fmt.Sprint(job, i%10)), Timestamp: time.Now(), Replace: i%3 == 0}
			switch {
			case i%11 == 0:
				wr.MetricFamilies = ttlFamilies("x", "push_ttl_seconds=1")
			case i%7 != 0:
				wr.MetricFamilies = ttlFamilies("x", fmt.Sprintf("x%d", i%5))
			}
			if err := dms.submit(wr); err != nil {
				t.Errorf("push failed: %v", err)
			}
		})
	}
	start(func(int) { dms.GetMetricFamilies() })
	start(func(int) {
		for _, g := range dms.GetMetricFamiliesMap() {
			g.SortedLabels()
			g.LastPushSuccess()
		}
	})
	start(func(int) { extra.sweep() })
	time.Sleep(2 * time.Second)
	close(stop)
	wg.Wait()
	if err := dms.Shutdown(); err != nil {
		t.Error(err)
	}
}

// The copy that a push is checked with, and what GetMetricFamiliesMap returns,
// must not be affected by a sweep.
func TestTTLCopiesAreIndependent(t *testing.T) {
	dms, clock := newIdleTTLStore(time.Second)
	dms.apply(WriteRequest{Labels: ttlLabels("a"), Timestamp: clock.now(), MetricFamilies: ttlFamilies("x")})
	before, expected := dms.GetMetricFamiliesMap(), dms.GetMetricFamiliesMap()
	clock.set(clock.now().Add(time.Second))
	dms.ttl.sweep()
	expectContents(t, dms, "end")
	if !reflect.DeepEqual(before, expected) {
		t.Error("copy changed")
	}
}

func benchmarkTTLStore(groups int) (*DiskMetricStore, *ttlClock) {
	dms, clock := newIdleTTLStore(time.Minute)
	for i := 0; i < groups; i++ {
		dms.processWriteRequest(WriteRequest{
			Labels:         map[string]string{"job": "some_batch_job", "instance": fmt.Sprint(i)},
			Timestamp:      clock.now(),
			MetricFamilies: ttlFamilies("x", "y"),
		})
	}
	return dms, clock
}

func BenchmarkTTLScan10000Groups(b *testing.B) {
	dms, clock := benchmarkTTLStore(10000)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		dms.ttl.scan(clock.now())
	}
}

// Reports how long an otherwise idle reader has to wait at most.
func BenchmarkTTLSweep100000ExpiredGroups(b *testing.B) {
	for i := 0; i < b.N; i++ {
		b.StopTimer()
		dms, clock := benchmarkTTLStore(100000)
		clock.set(clock.now().Add(time.Hour))
		stop, longest := make(chan struct{}), make(chan time.Duration)
		go func() {
			var max time.Duration
			for {
				select {
				case <-stop:
					longest <- max
					return
				default:
				}
				start := time.Now()
				dms.lock.RLock()
				if waited := time.Since(start); waited > max {
					max = waited
				}
				dms.lock.RUnlock()
				time.Sleep(100 * time.Microsecond)
			}
		}()
		b.StartTimer()
		dms.ttl.sweep()
		b.StopTimer()
		close(stop)
		b.Logf("longest wait of a reader: %v", <-longest)
		if n := len(dms.metricGroups); n != 0 {
			b.Fatalf("%d groups left", n)
		}
	}
}
