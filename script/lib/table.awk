# Draws the first rows of a CSV file as a table: awk -v rows=5 -f table.awk FILE. Numbers stand to the right; fractions
# are shown with two digits, though the file has them all. Plain awk (mawk, gawk, BSD).

# Splits a line with quoted values into cells[1..]; gives their number. A value over several lines is not understood.
function split_line(line, cells,    n, i, c, quoted, value) {
  n = 0; value = ""; quoted = 0
  for (i = 1; i <= length(line); i++) {
    c = substr(line, i, 1)
    if (quoted) {
      if (c != "\"") value = value c
      else if (substr(line, i + 1, 1) == "\"") { value = value "\""; i++ }
      else quoted = 0
    } else if (c == "\"") quoted = 1
    else if (c == ",") { cells[++n] = value; value = "" }
    else value = value c
  }
  cells[++n] = value
  return n
}

# 12345 -> 12,345
function grouped(text,    sign, out) {
  sign = ""
  if (text ~ /^-/) { sign = "-"; text = substr(text, 2) }
  out = ""
  while (length(text) > 3) { out = "," substr(text, length(text) - 2) out; text = substr(text, 1, length(text) - 3) }
  return sign text out
}

# What names a row (a year) is no amount.
function shown(text, column) {
  if (text ~ /^-?[0-9]+\.[0-9]+(e-?[0-9]+)?$/) return sprintf("%.2f", text)
  if (text ~ /^-?[0-9]+$/ && table[0, column] != "year") return grouped(text)
  return text
}

function line(row,    i, out, pad) {
  out = "  "
  for (i = 1; i <= columns; i++) {
    pad = sprintf("%" (width[i] - length(table[row, i])) "s", "")
    out = out (i > 1 ? "  " : "") (numeric[i] ? pad table[row, i] : table[row, i] pad)
  }
  sub(/ +$/, "", out)
  return out
}

{ sub(/\r$/, "") }

NR == 1 { columns = split_line($0, cells) }
NR == 1 { for (i = 1; i <= columns; i++) { table[0, i] = cells[i]; width[i] = length(cells[i]); numeric[i] = 1 } next }
NR <= rows + 1 {
  split_line($0, cells)
  for (i = 1; i <= columns; i++) {
    text = shown(cells[i], i)
    if (cells[i] !~ /^-?[0-9.]*(e-?[0-9]+)?$/) numeric[i] = 0
    table[NR - 1, i] = text
    if (length(text) > width[i]) width[i] = length(text)
  }
  last = NR - 1
}

END {
  print line(0)
  for (row = 1; row <= last; row++) print line(row)
  if (NR - 1 > last) printf "  … %s more\n", grouped("" (NR - 1 - last))
}
