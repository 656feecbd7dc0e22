#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# What R says of made-up data: prints tests/stats/fixtures/r.json. Needs r-base-core, r-cran-boot and r-cran-psych of Debian; the
# tests need only what it printed.
#
# Usage: tests/reference/statistics.R > tests/stats/fixtures/r.json
suppressPackageStartupMessages({ library(boot); library(psych) })
set.seed(20261124)

number <- function(x) sprintf("%.15g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
rows_of <- function(m) paste0("[", paste(apply(m, 1, list_of), collapse = ", "), "]")

# Holm's adjustment.
holm <- lapply(c(3, 8, 40), function(n) {
  p <- signif(runif(n)^3, 6)
  sprintf('{"p": %s, "adjusted": %s}', list_of(p), list_of(p.adjust(p, "holm")))
})

# McNemar's exact test is a binomial one; Kendall's tau-b.
mcnemar <- apply(rbind(c(2, 9), c(12, 30), c(5, 5), c(0, 4)), 1, function(x)
  sprintf('{"b": %d, "c": %d, "p": %s}', x[1], x[2], number(binom.test(x[1], sum(x))$p.value)))
tau <- lapply(c(8, 30), function(n) {
  a <- sample(5, n, TRUE); b <- a + sample(4, n, TRUE)
  sprintf('{"one": %s, "other": %s, "tau": %s}', list_of(a), list_of(b), number(cor(a, b, method = "kendall")))
})

# Intraclass correlation by the analysis of variance.
icc <- lapply(list(c(20, 3), c(50, 5)), function(shape) {
  truth <- sample(5, shape[1], TRUE)
  m <- sapply(seq_len(shape[2]), function(j) pmin(pmax(truth + sample(c(-1, 0, 0, 1, 1), shape[1], TRUE), 1), 5))
  result <- suppressWarnings(ICC(m, lmer = FALSE))$results
  sprintf('{"rows": %s, "icc21": %s, "icc2k": %s}', rows_of(m), number(result$ICC[2]), number(result$ICC[5]))
})

# F1 of counts summed over patients drawn with replacement, and the difference of two runs: BCa.
f1 <- function(s) 2 * s[1] / (2 * s[1] + s[2] + s[3])
make_counts <- function(n, right) t(sapply(seq_len(n), function(i) {
  k <- sample(5, 1); yes <- rbinom(1, k, 0.4); tp <- rbinom(1, yes, right); fp <- rbinom(1, k - yes, 1 - right)
  c(tp, fp, yes - tp, k - yes - fp)
}))
boots <- lapply(list(c(29, .7), c(60, .6), c(150, .85)), function(setting) {
  one <- make_counts(setting[1], setting[2])
  other <- one
  for (i in seq_len(nrow(other))) if (other[i, 3] > 0 && runif(1) < .5) { other[i, 1] <- other[i, 1] + 1; other[i, 3] <- other[i, 3] - 1 }
  single <- boot(one, function(d, i) f1(colSums(d[i, ])), R = 20000)
  paired <- boot(cbind(one, other), function(d, i) { s <- colSums(d[i, ]); f1(s[5:8]) - f1(s[1:4]) }, R = 20000)
  a <- boot.ci(single, type = "bca")$bca[4:5]
  b <- boot.ci(paired, type = "bca")$bca[4:5]
  sprintf('{"one": %s, "other": %s, "f1": %s, "low": %s, "high": %s, "difference": %s, "difference_low": %s, "difference_high": %s}',
          rows_of(one), rows_of(other), number(single$t0), number(a[1]), number(a[2]), number(paired$t0), number(b[1]), number(b[2]))
})

# Areas, means and medians over patients drawn with replacement, who have several recordings each: BCa.
area <- function(yes, score) { r <- rank(score); n <- sum(yes); (sum(r[yes]) - n * (n + 1) / 2) / (n * sum(!yes)) }
clustered <- lapply(c(30, 80), function(n) {
  who <- rep(seq_len(n), sample(3, n, TRUE)); shift <- rnorm(n, 0, .5)
  yes <- runif(length(who)) < .4; score <- round(rnorm(length(who), yes + shift[who], 1), 2)
  rows <- split(seq_along(who), who)
  over <- function(f) boot(seq_len(n), function(d, i) f(unlist(rows[d[i]])), R = 20000)
  ends <- lapply(list(function(k) area(yes[k], score[k]), function(k) mean(score[k]), function(k) median(score[k])), function(f) {
    b <- over(f); c(b$t0, boot.ci(b, type = "bca", L = empinf(b, type = "jack"))$bca[4:5]) })
  sprintf('{"patients": %s, "truth": %s, "scores": %s, "area": %s, "mean": %s, "median": %s}', list_of(who - 1), list_of(yes + 0),
          list_of(score), list_of(ends[[1]]), list_of(ends[[2]]), list_of(ends[[3]]))
})

group <- function(name, cases) sprintf('"%s": [\n%s]', name, paste(unlist(cases), collapse = ",\n"))
cat(sprintf('{"command": "tests/reference/statistics.R > tests/stats/fixtures/r.json",\n"versions": {"R": "%s", "boot": "%s", "psych": "%s"},\n',
            getRversion(), packageVersion("boot"), packageVersion("psych")))
cat(paste(group("holm", holm), group("mcnemar", mcnemar), group("tau", tau), group("icc", icc), group("boot", boots), group("clustered", clustered), sep = ",\n"), "}\n", sep = "")
