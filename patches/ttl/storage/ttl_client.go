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
	"errors"
	"time"

	dto "github.com/prometheus/client_model/go"
)

const (
	clientTTLMetricName = "push_ttl_seconds"
	clientTTLMetricHelp = "Time to live of the metrics in this group of the Pushgateway. 0 means forever."

	// maxClientTTL is about 30 years, well within a time.Duration.
	maxClientTTL = 1e9
)

var errClientTTL = errors.New(clientTTLMetricName + " must be a single gauge or untyped sample with the value 0 (never expire) or 1 to 1e9")

// parseClientTTL returns the TTL contained in a metric family that is named
// clientTTLMetricName, or false if it isn't a proper one. The family doesn't need
// to be sanitized: it may have been persisted while the feature was off.
func parseClientTTL(mf *dto.MetricFamily) (time.Duration, bool) {
	if mf == nil || len(mf.Metric) != 1 || mf.Metric[0] == nil {
		return 0, false
	}
	var v *float64
	m := mf.Metric[0]
	switch {
	case mf.GetType() == dto.MetricType_GAUGE && m.Gauge != nil:
		v = m.Gauge.Value
	case mf.GetType() == dto.MetricType_UNTYPED && m.Untyped != nil:
		v = m.Untyped.Value
	}
	switch {
	case v == nil:
		return 0, false
	case *v == 0:
		return ttlNever, true
	case *v >= 1 && *v <= maxClientTTL: // Never true for NaN.
		return time.Duration(*v * float64(time.Second)), true
	}
	return 0, false
}

// sanitizeClientTTL checks if the metric families contain a client-chosen TTL
// and returns it. All TTLs are stored with the same type and help string so that
// those of different groups never contradict each other.
func sanitizeClientTTL(mfs map[string]*dto.MetricFamily) (ttl time.Duration, found bool, err error) {
	mf, ok := mfs[clientTTLMetricName]
	if !ok {
		return 0, false, nil
	}
	ttl, ok = parseClientTTL(mf)
	if !ok {
		return 0, false, errClientTTL
	}
	mfs[clientTTLMetricName] = newClientTTLGauge(mf)
	return ttl, true, nil
}

// newClientTTLGauge returns a proper TTL family as it has to be stored. The one
// provided is not modified, as it might be read by others.
func newClientTTLGauge(mf *dto.MetricFamily) *dto.MetricFamily {
	var (
		name = clientTTLMetricName
		help = clientTTLMetricHelp
		m    = mf.Metric[0]
		v    = m.GetGauge().GetValue()
	)
	if mf.GetType() == dto.MetricType_UNTYPED {
		v = m.GetUntyped().GetValue()
	}
	return &dto.MetricFamily{
		Name: &name,
		Help: &help,
		Type: dto.MetricType_GAUGE.Enum(),
		Metric: []*dto.Metric{
			{
				Label: m.Label,
				Gauge: &dto.Gauge{Value: &v},
			},
		},
	}
}
