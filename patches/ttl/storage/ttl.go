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
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// This file and the other ttl_*.go files let pushed metrics expire. They have
// to compile with every upstream release since 1.0.0, hence they stay within
// the Go 1.11 language and name no type of the packages that upstream has
// exchanged over time (kingpin, the loggers, the protobuf runtime).
//
//   ttl.go        the flag, the rules of what lives for how long, the start
//   ttl_sweep.go  the removal of what has expired, without disturbing others
//   ttl_client.go the TTL that a client may push for its own group

const (
	// minTTL is the shortest TTL. Expiry is prompt to within a second, so
	// that anything shorter would be a promise not kept.
	minTTL = time.Second

	// ttlNever is the TTL of metrics that don't expire.
	ttlNever = time.Duration(math.MaxInt64)

	expiredTotalName = "pushgateway_metric_families_expired_total"
)

// MetricTTL is how long pushed metrics live in every DiskMetricStore created
// from now on. It is meant to be set once, by the flag --metric.timetolive. With
// its default of 0, metrics live forever, and a DiskMetricStore behaves as if
// TTLs did not exist.
var MetricTTL TTL

// expiredTotal counts expired metric families, without those that the
// Pushgateway has added itself.
var expiredTotal = prometheus.NewCounter(prometheus.CounterOpts{
	Name: expiredTotalName,
	Help: "Total number of pushed metric families removed because their time to live was over.",
})

// TTL is a time to live. It implements kingpin's Value.
type TTL time.Duration

// Set implements kingpin.Value.
func (t *TTL) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d != 0 && d < minTTL {
		return fmt.Errorf("--metric.timetolive accepts 0 (metrics never expire) or a duration of at least 1s, such as 90s, 5m or 36h, not %q", s)
	}
	if d != 0 {
		// The counter must not show up while the feature is off, and it
		// must be there before a DiskMetricStore collects the help
		// strings of the metrics that the Pushgateway itself exposes.
		err := prometheus.Register(expiredTotal)
		if _, ok := err.(prometheus.AlreadyRegisteredError); err != nil && !ok {
			return err
		}
	}
	*t = TTL(d)
	return nil
}

// String implements kingpin.Value.
func (t *TTL) String() string {
	return time.Duration(*t).String()
}

// startTTL starts the expiry of metrics if MetricTTL asks for it. It has to be
// called after restoring persisted metrics and before anything is read from the
// DiskMetricStore: metrics that have expired while the Pushgateway was down are
// removed before startTTL returns. The goroutine started ends with Shutdown.
func (dms *DiskMetricStore) startTTL() {
	if MetricTTL == 0 {
		return
	}
	dms.ttl = newTTLSweeper(dms, time.Duration(MetricTTL), time.Now)
	dms.ttl.adopt()
	dms.ttl.sweep()
	go dms.ttl.run()
}

// checkTTL is called for every push before its consistency check. It returns an
// error if the push has to be refused because it asks for an improper TTL.
func (dms *DiskMetricStore) checkTTL(wr WriteRequest) error {
	if dms.ttl == nil {
		return nil
	}
	ttl, found, err := sanitizeClientTTL(wr.MetricFamilies)
	dms.ttl.expect(wr, ttl, found)
	return err
}

// ttlRule tells which metric families of a group live for how long.
type ttlRule struct {
	ttl time.Duration
	// client is true if ttl was pushed as part of the group.
	client bool
}

// ruleFor returns the rule for a group, given the TTL of groups which have none
// of their own.
func ruleFor(metrics NameToTimestampedMetricFamilyMap, ttl time.Duration) ttlRule {
	if tmf, ok := metrics[clientTTLMetricName]; ok {
		if d, ok := parseClientTTL(tmf.GetMetricFamily()); ok {
			return ttlRule{ttl: d, client: true}
		}
	}
	return ttlRule{ttl: ttl}
}

// left returns how much longer something pushed at the given time will live. It
// has expired if nothing or less is left.
func (r ttlRule) left(pushed, now time.Time) time.Duration {
	if r.ttl == ttlNever {
		return ttlNever
	}
	age := now.Sub(pushed)
	if age < 0 { // Pushed after the caller has looked at the clock.
		age = 0
	}
	return r.ttl - age
}

// describesGroup returns true for the families that say something about their
// group. They neither keep the group alive nor expire before it.
func (r ttlRule) describesGroup(name string) bool {
	return name == pushMetricName || name == pushFailedMetricName ||
		r.client && name == clientTTLMetricName
}

// groupExpired returns true if there is nothing left in the group but families
// that describe it, and if the last push, successful or not, is a TTL old.
func (r ttlRule) groupExpired(metrics NameToTimestampedMetricFamilyMap, now time.Time) bool {
	if len(metrics) > 3 {
		return false // There aren't that many names that describe a group.
	}
	for name, tmf := range metrics {
		if !r.describesGroup(name) || r.left(tmf.Timestamp, now) > 0 {
			return false
		}
	}
	return true
}
