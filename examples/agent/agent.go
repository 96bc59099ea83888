// Package agent collects events, a line each ("checkout 1234": a name and
// microseconds), and keeps of each name how many there were and how long.
package agent

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math/bits"
	"sync"
)

// Stat is what is kept of a name. Buckets[i] counts the events of less than
// 2^i microseconds.
type Stat struct {
	Count, Sum, Max uint64
	Buckets         [40]uint64
}

// Agent may be fed by several connections at once.
type Agent struct {
	mu    sync.Mutex
	stats map[string]*Stat
	lost  uint64
}

func New() *Agent { return &Agent{stats: map[string]*Stat{}} }

// Feed reads events until r ends.
func (a *Agent) Feed(r io.Reader) error {
	lines := bufio.NewReaderSize(r, 64<<10)
	for {
		line, err := lines.ReadSlice('\n')
		if len(line) > 0 {
			a.Line(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Line takes one event; what is none is counted as lost.
func (a *Agent) Line(line []byte) {
	name, value, ok := parse(bytes.TrimSuffix(line, []byte("\n")))
	a.mu.Lock()
	defer a.mu.Unlock()
	if !ok {
		a.lost++
		return
	}
	stat := a.stats[string(name)]
	if stat == nil {
		stat = &Stat{}
		a.stats[string(name)] = stat
	}
	stat.Count++
	stat.Sum += value
	if value > stat.Max {
		stat.Max = value
	}
	if bucket := bits.Len64(value); bucket < len(stat.Buckets) {
		stat.Buckets[bucket]++
	}
}

func parse(line []byte) (name []byte, value uint64, ok bool) {
	space := bytes.LastIndexByte(line, ' ')
	if space <= 0 || space == len(line)-1 || len(line)-space > 16 {
		return nil, 0, false
	}
	for _, c := range line[space+1:] {
		if c < '0' || c > '9' {
			return nil, 0, false
		}
		value = value*10 + uint64(c-'0')
	}
	return line[:space], value, true
}

// Flush writes what there is as JSON and begins anew.
func (a *Agent) Flush(w io.Writer) error {
	a.mu.Lock()
	stats := a.stats
	a.stats = map[string]*Stat{}
	a.mu.Unlock()
	return json.NewEncoder(w).Encode(stats)
}

// Events is how many were taken since the last Flush, and how many were lost.
func (a *Agent) Events() (taken, lost uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, stat := range a.stats {
		taken += stat.Count
	}
	return taken, a.lost
}
