"""The program's version: on `pulih --version`, at the foot of each page and on each paper."""

VERSION = "0.2.0"
