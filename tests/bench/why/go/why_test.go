package why

import (
	"fmt"
	"testing"
)

var (
	sink  int
	input = make([]byte, 4096)
)

func BenchmarkTokens(b *testing.B) {
	var room tokens
	for i := 0; i < b.N; i++ {
		room = tokenize(input, room)
		sink += evaluate(room) + sum(input)
	}
}

func BenchmarkNames(b *testing.B) {
	keys := make([]string, 64)
	for i := range keys {
		keys[i] = fmt.Sprintf("name%03d", i)
	}
	names := append([]string{}, keys...)
	for i := 0; i < b.N; i++ {
		sink += resolve(keys, names) + sum(input)
	}
}

func BenchmarkJoin(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += len(join(input, 64)) + sum(input)
	}
}
