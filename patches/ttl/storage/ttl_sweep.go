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
	"runtime"
	"sync"
	"time"
)

const (
	// sweepPace is the shortest time from one sweep to the next.
	sweepPace = 500 * time.Millisecond

	// sweepSlack is how long a push may have waited in the queue without the
	// next sweep being brought forward. Together with sweepPace, it stays
	// well below the second that expired metrics may remain visible.
	sweepSlack = 100 * time.Millisecond

	// lockTurn is how long the lock of the DiskMetricStore is held at a
	// time. It is the longest that a sweep makes anybody else wait, give or
	// take what the scheduler adds. Shorter turns make sweeps take longer beside
	// somebody who reads all the time and thus has to be waited for each turn.
	lockTurn = time.Millisecond
)

// ttlSweeper removes expired metrics from a DiskMetricStore.
//
// It doesn't track individual metrics. It looks through the whole store, notes
// the earliest deadline, and does it again then. What is pushed in the meantime
// cannot have an earlier deadline than one TTL after the last look, with the
// exceptions that the method expect deals with.
type ttlSweeper struct {
	dms  *DiskMetricStore
	ttl  time.Duration    // Of groups that have none of their own.
	now  func() time.Time // To be replaced by tests.
	turn time.Duration    // How long to hold the lock at a time.

	wake chan struct{} // Signals that requested has been set. Capacity 1.

	mtx       sync.Mutex // Protects requested.
	requested time.Time  // When a push wants a sweep, or the zero time.

	// The following is only used by the goroutine that executes run, and by
	// startTTL before that.

	// swept is the start of the last sweep.
	swept time.Time
	// next is the earliest deadline as far as known.
	next time.Time
	// due is when a push wants a sweep, or the zero time. In contrast to
	// requested, it is kept until a sweep cannot have missed that push.
	due time.Time
	// stored is closed once all pushes that had wanted a sweep by the time it
	// was submitted are stored. It is nil if there is nothing to wait for.
	stored chan error
	// askStored is true if stored has yet to be submitted.
	askStored bool
	// unsaved is true if the DiskMetricStore has yet to be told to persist
	// removals.
	unsaved bool
	// longestTurn is the longest that the lock has been held. For tests.
	longestTurn time.Duration
}

func newTTLSweeper(dms *DiskMetricStore, ttl time.Duration, now func() time.Time) *ttlSweeper {
	return &ttlSweeper{
		dms:  dms,
		ttl:  ttl,
		now:  now,
		turn: lockTurn,
		wake: make(chan struct{}, 1),
	}
}

// adopt prepares restored metrics. Their timestamps have gone through the
// persistence file and thus have lost the reading of the monotonic clock. With
// it, later steps of the wall clock change nothing about their age. A timestamp
// in the future would keep its metrics alive for too long. It is set to now.
//
// TTLs that clients have pushed while the feature was off are stored as they
// would be now. Improper ones are dropped, and so is what has the name of the
// counter of expired families: each of them would contradict the others in type,
// and make every read and every push fail.
//
// No locking in turns is needed because nobody uses the store yet.
func (s *ttlSweeper) adopt() {
	s.dms.lock.Lock()
	defer s.dms.lock.Unlock()

	now := s.now()
	for _, group := range s.dms.metricGroups {
		for name, tmf := range group.Metrics {
			switch name {
			case clientTTLMetricName:
				mf := tmf.GetMetricFamily()
				if _, ok := parseClientTTL(mf); !ok {
					delete(group.Metrics, name)
					continue
				}
				tmf.GobbableMetricFamily = (*GobbableMetricFamily)(newClientTTLGauge(mf))
			case expiredTotalName:
				delete(group.Metrics, name)
				continue
			}
			age := now.Sub(tmf.Timestamp)
			if age < 0 {
				age = 0
			}
			tmf.Timestamp = now.Add(-age)
			group.Metrics[name] = tmf
		}
	}
}

// run sweeps whenever needed until the DiskMetricStore is shut down.
func (s *ttlSweeper) run() {
	for {
		s.takeRequest()
		s.notifyLoop()
		now := s.now()
		at := s.plan(now)
		if !at.After(now) {
			s.sweep()
			continue
		}
		// Each wait gets its own timer. Thus, it doesn't matter what the
		// channel of a timer that was stopped still contains, which
		// depends on the Go version in the go.mod file.
		timer := time.NewTimer(at.Sub(now))
		select {
		case <-s.dms.drain:
			timer.Stop()
			return
		case <-s.wake:
		case <-s.stored:
			s.stored = nil
		case <-timer.C:
		}
		timer.Stop()
	}
}

// plan returns when to wake up next. It's time for a sweep if that is now.
func (s *ttlSweeper) plan(now time.Time) time.Time {
	at := s.next
	if !s.due.IsZero() && s.due.Before(at) {
		at = s.due
	}
	if earliest := s.swept.Add(sweepPace); at.Before(earliest) {
		at = earliest
	}
	if s.unsaved || s.askStored {
		// The queue was full. Waking up is enough to try again.
		if retry := now.Add(sweepPace); retry.Before(at) {
			at = retry
		}
	}
	return at
}

// expect is called for each push that is about to be checked and stored. Most of
// the time, the next sweep is early enough for it. These are the exceptions:
//
// - The push sets a TTL that is shorter than that of its group so far.
//
// - The push had to wait for noticeably long since it was received, so that a
// sweep in the meantime could not see it. The next one might be planned for a TTL
// after that sweep, which would be too late.
func (s *ttlSweeper) expect(wr WriteRequest, ttl time.Duration, hasTTL bool) {
	delayed := s.now().Sub(wr.Timestamp) > sweepSlack
	if !delayed && !hasTTL {
		return
	}

	s.dms.lock.RLock()
	group, exists := s.dms.metricGroups[groupingKeyFor(wr.Labels)]
	shortest := ruleFor(group.Metrics, s.ttl).ttl
	s.dms.lock.RUnlock()

	shorter := hasTTL && ttl < shortest
	if !delayed && !shorter {
		return
	}
	if shorter {
		shortest = ttl
	}
	at := wr.Timestamp.Add(shortest)
	if shorter && exists {
		// The new TTL applies to older metrics in the group, too. They
		// might expire right now.
		at = s.now()
	}
	s.request(at)
}

// request asks for a sweep at the given time, or earlier.
func (s *ttlSweeper) request(at time.Time) {
	s.mtx.Lock()
	if s.requested.IsZero() || at.Before(s.requested) {
		s.requested = at
	}
	s.mtx.Unlock()

	select {
	case s.wake <- struct{}{}:
	default: // There is a signal already that has not been received yet.
	}
}

// takeRequest moves a request for a sweep to the state of run.
func (s *ttlSweeper) takeRequest() {
	s.mtx.Lock()
	at := s.requested
	s.requested = time.Time{}
	s.mtx.Unlock()

	if at.IsZero() {
		return
	}
	if s.due.IsZero() || at.Before(s.due) {
		s.due = at
	}
	s.askStored = true
}

// notifyLoop submits a request to the loop of the DiskMetricStore if there is a
// reason to. The request is the deletion of the group without any grouping
// labels. Such a group doesn't exist, as each group has at least a job label, so
// that only the side effects remain:
//
// - The loop persists the metrics after the persistence interval, as it does
// after any request. It cannot know otherwise that metrics have been removed.
//
// - The Done channel is closed after all previous requests have been processed.
//
// The sweeper must never wait here: with the queue being full, its capacity is
// needed for pushes, and during a shutdown, nobody might empty it anymore.
func (s *ttlSweeper) notifyLoop() {
	if !s.unsaved && !s.askStored {
		return
	}
	wr := WriteRequest{Timestamp: s.now()}
	if s.askStored {
		wr.Done = make(chan error, 1)
	}
	select {
	case s.dms.writeQueue <- wr:
		s.unsaved = false
		if s.askStored {
			s.stored = wr.Done
			s.askStored = false
		}
	default: // To be tried again later, see plan.
	}
}

// sweep removes everything that has expired.
func (s *ttlSweeper) sweep() {
	now := s.now()
	expired, wait := s.scan(now)
	s.swept, s.next = now, now.Add(wait)
	if s.stored == nil && !s.askStored {
		s.due = time.Time{} // The push in question was seen by the scan.
	}
	if s.remove(expired, now) && s.dms.persistenceFile != "" {
		s.unsaved = true
		s.notifyLoop()
	}
}

// scan returns the keys of all groups that contain something expired, and how
// long it takes until more expires. It needs no more than the read lock, so that
// nobody but pushes has to wait for it, as long as nothing expires.
func (s *ttlSweeper) scan(now time.Time) (expired keyList, wait time.Duration) {
	wait = s.ttl // The earliest that something pushed from now on expires.

	turns := s.newLockTurns(s.dms.lock.RLocker(), nil)
	turns.begin()
	defer turns.end()

	// It is fine to release the lock during the iteration: nobody touches
	// the maps without it, and the language allows changes to a map in
	// between the steps of an iteration over it.
	for key, group := range s.dms.metricGroups {
		var (
			rule      = ruleFor(group.Metrics, s.ttl)
			alive     = false
			dead      = false
			aliveLeft = ttlNever  // Of the pushed family that expires first.
			groupLeft = -ttlNever // Of the group, if nothing else is alive.
		)
		for name, tmf := range group.Metrics {
			left := rule.left(tmf.Timestamp, now)
			if left > groupLeft {
				groupLeft = left
			}
			// What lives on beyond the next sweep doesn't matter, and
			// comparing names is what takes longest.
			if left < wait && !rule.describesGroup(name) {
				if left <= 0 {
					dead = true
				} else {
					alive = true
					if left < aliveLeft {
						aliveLeft = left
					}
				}
			}
			turns.next()
		}
		if !alive {
			aliveLeft = groupLeft
		}
		if dead || aliveLeft <= 0 {
			expired.add(key)
		}
		if aliveLeft > 0 && aliveLeft < wait {
			wait = aliveLeft
		}
		turns.next()
		if turns.stopped {
			break
		}
	}
	return expired, wait
}

// remove deletes what has expired from the groups with the provided keys. A
// group might have changed since it was scanned. Therefore, only what is found
// expired under the write lock is deleted. It returns true if something was.
func (s *ttlSweeper) remove(keys keyList, now time.Time) bool {
	if keys.length == 0 {
		return false
	}
	log := newExpiryLog(s.dms.logger, keys.length)
	turns := s.newLockTurns(&s.dms.lock, log.flush)
	turns.begin()
	defer turns.end()
	for _, chunk := range keys.chunks {
		for _, key := range chunk {
			s.removeFromGroup(key, now, turns, log)
			turns.next()
			if turns.stopped {
				return log.total > 0
			}
		}
	}
	return log.total > 0
}

func (s *ttlSweeper) removeFromGroup(key string, now time.Time, turns *lockTurns, log *expiryLog) {
	group, ok := s.dms.metricGroups[key]
	if !ok {
		return
	}
	rule := ruleFor(group.Metrics, s.ttl)
	metrics, labels := group.Metrics, group.Labels
	for name, tmf := range metrics {
		if !rule.describesGroup(name) && rule.left(tmf.Timestamp, now) <= 0 {
			delete(metrics, name)
			log.add(name, labels)
		}
		if turns.next() {
			// Somebody else had the lock and might have changed the
			// TTL. They might even have replaced the group as a whole.
			// Then it does no harm to go on with its previous metrics.
			group, ok = s.dms.metricGroups[key]
			rule = ruleFor(group.Metrics, s.ttl)
		}
	}
	if ok && rule.groupExpired(group.Metrics, now) {
		delete(s.dms.metricGroups, key)
		log.add("", group.Labels)
	}
}

// keyList is a list of grouping keys to which something can be added while a lock
// is held: growing a plain slice means copying all of it, which takes longer than
// a turn if there are many.
type keyList struct {
	chunks [][]string
	length int
}

const keysPerChunk = 1024

func (l *keyList) add(key string) {
	if l.length%keysPerChunk == 0 {
		l.chunks = append(l.chunks, make([]string, 0, keysPerChunk))
	}
	last := len(l.chunks) - 1
	l.chunks[last] = append(l.chunks[last], key)
	l.length++
}

// lockTurns holds a lock for a short time, again and again, so that others that
// need the lock as well get it in between. (A sync.RWMutex is fair: whoever waits
// for it when it is unlocked gets it before the one who has just unlocked it.)
type lockTurns struct {
	lock    sync.Locker
	length  time.Duration
	between func()        // Called after each turn, without the lock.
	stop    chan struct{} // No further turn is needed once this is closed.

	stopped bool
	began   time.Time
	steps   int
	longest *time.Duration
}

func (s *ttlSweeper) newLockTurns(lock sync.Locker, between func()) *lockTurns {
	return &lockTurns{lock: lock, length: s.turn, between: between, stop: s.dms.drain, longest: &s.longestTurn}
}

func (t *lockTurns) begin() {
	t.lock.Lock()
	t.began = time.Now()
}

func (t *lockTurns) end() {
	if held := time.Since(t.began); held > *t.longest {
		*t.longest = held
	}
	t.lock.Unlock()
	// Let those go on who have waited for the lock. Besides, with a fresh time
	// slice, the scheduler has no reason to suspend this goroutine while it
	// holds the lock.
	runtime.Gosched()
	if t.between != nil {
		t.between()
	}
}

// next is to be called after each small step of work. It returns true if the lock
// was released, so that everything protected by it might have changed. When
// t.stopped is set, the lock is still held, but no more work should be done.
func (t *lockTurns) next() bool {
	t.steps++
	if t.steps%16 != 0 || time.Since(t.began) < t.length {
		return false // Looking at the clock costs more than most steps.
	}
	t.end()
	select {
	case <-t.stop:
		t.stopped = true
	default:
	}
	t.begin()
	return true
}

// expiryLog collects what has expired while the lock is held, for the log and the
// counter to be served without the lock.
type expiryLog struct {
	logger  interface{}
	entries []expiryLogEntry
	total   int // Of removed families and groups.
}

type expiryLogEntry struct {
	name   string // Empty for a group.
	labels map[string]string
}

func newExpiryLog(logger interface{}, groups int) *expiryLog {
	// Make room for what usually fits into a turn: whoever allocates memory
	// might have to help the garbage collector first, which may take longer
	// than a turn, and that with the lock being held.
	size := 8 * groups
	if size > 16384 {
		size = 16384
	}
	return &expiryLog{logger: logger, entries: make([]expiryLogEntry, 0, size)}
}

// add adds a metric family or, without a name, a group.
func (l *expiryLog) add(name string, labels map[string]string) {
	l.total++
	l.entries = append(l.entries, expiryLogEntry{name, labels})
}

func (l *expiryLog) flush() {
	// That's how the logger looks since upstream has switched to log/slog.
	// Earlier ones have nothing in common with it, and log nothing.
	logger, ok := l.logger.(interface {
		Debug(msg string, args ...interface{})
	})
	families := 0
	for _, e := range l.entries {
		if e.name != "" {
			families++
		}
		if !ok {
			continue
		}
		if e.name != "" {
			logger.Debug("metric family expired", "name", e.name, "labels", e.labels)
		} else {
			logger.Debug("metric group expired", "labels", e.labels)
		}
	}
	expiredTotal.Add(float64(families))
	l.entries = l.entries[:0]
}
