// Package why has regressions that perfgate should find: those of the head are
// in head.go.
package why

type token struct {
	kind  byte
	place int
}

//go:noinline
func sum(from []byte) (all int) {
	for i, c := range from {
		all = all*31 ^ int(c)<<(i&3)
	}
	return all
}

//go:noinline
func tokenize(from []byte, room tokens) tokens {
	all := room[:0]
	for i, c := range from {
		all.add(token{c & 7, i})
	}
	return all
}

//go:noinline
func evaluate(all tokens) (value int) {
	for i := range all {
		value = value*3 + int(all.kind(i))
	}
	return value
}

//go:noinline
func resolve(keys []string, names []string) (places int) {
	for _, name := range names {
		places += find(keys, name)
	}
	return places
}

//go:noinline
func join(from []byte, parts int) string {
	if !isHead {
		room := make([]byte, 0, parts*8)
		for i := 0; i < parts; i++ {
			room = append(room, from[i:i+8]...)
		}
		return string(room)
	}
	text := ""
	for i := 0; i < parts; i++ {
		text += string(from[i : i+8])
	}
	return text
}
