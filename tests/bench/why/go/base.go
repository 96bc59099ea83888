//go:build !head

package why

const isHead = false

// tokens of the base are kept by value.
type tokens []token

func (all *tokens) add(t token) { *all = append(*all, t) }
func (all tokens) kind(i int) byte { return all[i].kind }

// find of the base halves.
func find(keys []string, key string) int {
	low, high := 0, len(keys)
	for low < high {
		middle := (low + high) / 2
		if keys[middle] < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
