//go:build head

package why

const isHead = true

// tokens of the head are pointers: each is allocated.
type tokens []*token

func (all *tokens) add(t token)    { *all = append(*all, &t) }
func (all tokens) kind(i int) byte { return all[i].kind }

// find of the head goes through them one by one.
func find(keys []string, key string) int {
	for i, one := range keys {
		if one >= key {
			return i
		}
	}
	return len(keys)
}
