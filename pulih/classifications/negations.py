"""Words that deny or take back what stands beside them, as offices write and people say them.

Parts of regular expressions, for small letters with single blanks.
"""

NOT = (
    r"(?:tidak|tdk|tak|tiada|ga|gak|gk|ngga|nggak|enggak|ndak|ndk|belum|blm|blum|bukan|tanpa|non|"
    r"not?|never)"
)
# Not able, or not enough: a trouble or a need, and no denial of one.
UNABLE = (
    r"(?:bisa|dapat|mampu|sanggup|boleh|kuat|laku|terjual|terbayar|dibayar|terpenuhi|tersedia|"
    r"menentu|punya|memiliki|mempunyai)"
)
AT_EASE = (
    r"(?:aman|lancar|cukup|mencukupi|tercukupi|normal|stabil|baik|maksimal|optimal|penuh|rutin)"
)
NOT_IN_FORCE = (
    r"(?:proses|pengurusan|pengajuan|mengajukan|diajukan|diurus|mengurus|rencana|akan|habis|"
    r"k[ae]daluw?arsa|expired?|mati|hilang|dicabut|ditolak|berakhir|lama|dulu|sudah|sdh)"
)
