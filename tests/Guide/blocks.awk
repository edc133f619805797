# The fenced blocks of one language, in the page's order.
$0 == "```" language { inside = 1; next }
$0 == "```" { inside = 0 }
inside
