package muster.span_test

import data.muster.span

test_the_largest_unit_that_fits if {
	span.text(86400) == "1d"
	span.text(3024000) == "35d"
	span.text(90000) == "25h"
	span.text(5400) == "90m"
	span.text(61) == "61s"
}
