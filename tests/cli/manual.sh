# The manual page renders without a warning and has every command and option;
# the completions offer them in each shell.
perfgate help --man >page.1
for tool in groff mandoc bash zsh fish; do
    command -v "$tool" >/dev/null || { echo "no $tool"; exit 77; }
done
groff -ww -man -Tutf8 page.1 >page.txt 2>warnings || :
mandoc -T lint -W warning page.1 >>warnings || :
if [ -s warnings ]; then
    cat warnings
    exit 1
fi
grep -q 'performance-regression gate' page.txt

sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' <<OVERVIEW | grep -v '^perfgate$' >commands
$(perfgate help)
OVERVIEW
grep -qx compare commands
while read -r command; do
    grep -q "^\.SS \"$command\"" page.1 || { echo "no $command"; exit 1; }
    perfgate "$command" -h | sed -n 's/^  .., --\([a-z0-9-]*\).*/\1/p
        s/^      --\([a-z0-9-]*\).*/\1/p' | sed 's/-/\\\\-/g' |
        while read -r option; do
            grep -q "fB\\\\-\\\\-$option\\\\fR" page.1 ||
                { echo "no $command --$option"; exit 1; }
        done
done <commands

for shell in bash zsh fish; do
    perfgate help --completion "$shell" >"completion.$shell"
    "$shell" -n "completion.$shell"
done
status=0
perfgate help --completion csh 2>error || status=$?
[ "$status" = 2 ]
grep -q 'bash, zsh and fish' error

# What bash offers for a line: its last word is the one being typed.
offered() {
    bash -c '. ./completion.bash
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        compopt() { :; }
        _perfgate
        printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
same() {
    if [ "$1" != "$2" ]; then
        printf 'offered:\n%s\ninstead of:\n%s\n' "$1" "$2"
        exit 1
    fi
}
same "$(offered perfgate comp)" compare
same "$(offered perfgate --color never comp)" compare
same "$(offered perfgate compare --thr)" --threshold
same "$(offered perfgate diff --thr)" --threshold
same "$(offered perfgate help basel)" baseline
same "$(offered perfgate help --completion z)" zsh
same "$(offered perfgate --color al)" always
same "$(offered perfgate compare old)" ''
same "$(offered perfgate compare --threshold 1)" ''
same "$(offered perfgate '' | sort)" \
    "$( (cat commands; echo diff) | sort)"

same "$(fish --no-config -c 'source completion.fish
    complete -C "perfgate compare --strict-thr"' | cut -f 1)" \
    --strict-threshold
same "$(zsh -fc 'compdef() { print -r -- $1 $2 }; source ./completion.zsh')" \
    '_perfgate perfgate'
