// Package words counts words: small enough to read, big enough to get slower.
package words

import (
	"sort"
	"strings"
)

// Count returns how often each word of text occurs, ignoring case.
func Count(text string) map[string]int {
	fields := strings.Fields(text)
	counts := make(map[string]int, len(fields)/4)
	for _, field := range fields {
		counts[strings.ToLower(field)]++
	}
	return counts
}

// Top returns the n most frequent words, the most frequent first.
func Top(counts map[string]int, n int) []string {
	list := make([]string, 0, len(counts))
	for word := range counts {
		list = append(list, word)
	}
	sort.Slice(list, func(i, j int) bool {
		if counts[list[i]] != counts[list[j]] {
			return counts[list[i]] > counts[list[j]]
		}
		return list[i] < list[j]
	})
	if len(list) > n {
		list = list[:n]
	}
	return list
}

// Join writes words in a row, separated by sep.
func Join(words []string, sep string) string {
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(word)
	}
	return b.String()
}
