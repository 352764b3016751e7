"""What is read on a scan, without Django: which files, their pages, the square codes on them."""
