"""What each level says in plain words, for a person who looks at two records side by side."""

from pulih.common.errors import Message
from pulih.linkage.parts import SILENT
from pulih.linkage.weights import START, Key

OTHER_FIRM: Key = ("other firm", "")
"""Not a comparison: what remains of the doubt whether it is the owner's other firm."""

NAMES = {
    "start": Message("Titik awal", "Starting point"),
    "person": Message("Pemilik", "Owner"),
    "business": Message("Usaha", "Business"),
    "code": Message("Kode KBLI", "KBLI code"),
    "place": Message("Tempat", "Place"),
    "registration": Message("NIB dan NPWP", "Business and tax numbers"),
    "email": Message("Surel", "Email"),
    "founded": Message("Tahun berdiri", "Founded"),
    "size": Message("Tenaga kerja", "Workers"),
    "list": Message("Daftar dan bulan", "List and month"),
    "other firm": Message("Usaha lain pemilik yang sama", "The same owner's other firm"),
}
"""The comparisons' headings."""

SAYS: dict[Key, Message] = {
    START: Message(
        "Kebanyakan pasangan yang berbagi satu kunci bukan satu usaha.",
        "Most pairs that share a key are not one firm.",
    ),
    OTHER_FIRM: Message(
        "Mungkin usaha lain dari pemilik yang sama; sebesar ini bobotnya dikurangi.",
        "It may be the same owner's other firm; the weight is lowered by so much.",
    ),
    ("person", "nik and owner"): Message(
        "NIK sama dan nama pemilik cocok.", "The same NIK, and the owner's name agrees."
    ),
    ("person", "nik alone"): Message(
        "NIK sama, tetapi nama pemilik lain: mungkin NIK tetangga yang terketik.",
        "The same NIK but another name: a neighbour's NIK may have been typed.",
    ),
    ("person", "nik nearly"): Message(
        "NIK berbeda satu atau dua angka dan nama pemilik mirip.",
        "The NIK differs by a digit or two, and the owner's name is alike.",
    ),
    ("person", "contrary niks, one name"): Message(
        "NIK berbeda walau nama sama: dua orang yang senama.",
        "Different NIK although the name agrees: namesakes.",
    ),
    ("person", "contrary niks"): Message("NIK berbeda: dua orang.", "Different NIK: two persons."),
    ("person", "owner and phone"): Message(
        "Nama pemilik dan nomor telepon sama.", "The same owner's name and telephone."
    ),
    ("person", "nearly owner and phone"): Message(
        "Nama pemilik mirip dan nomor telepon sama.",
        "The owner's name is alike, the telephone the same.",
    ),
    ("person", "phone, owner unknown"): Message(
        "Nomor telepon sama; nama pemilik tidak tercatat di salah satunya.",
        "The same telephone; one record names no owner.",
    ),
    ("person", "phone, another owner"): Message(
        "Nomor telepon sama, nama pemilik lain: suami istri, saudara, atau pengepul.",
        "The same telephone, another owner: spouses, siblings or a middleman.",
    ),
    ("person", "owner, rare"): Message(
        "Nama pemilik sama, dan nama itu jarang.", "The same owner's name, and few bear it."
    ),
    ("person", "owner, usual"): Message(
        "Nama pemilik sama, tetapi cukup banyak yang memakainya.",
        "The same owner's name, but quite a few bear it.",
    ),
    ("person", "owner, common"): Message(
        "Nama pemilik sama, tetapi nama itu sangat umum.",
        "The same owner's name, but very many bear it.",
    ),
    ("person", "owner nearly"): Message(
        "Nama pemilik mirip: ejaan, salah ketik, atau urutan kata.",
        "The owner's name is alike: spelling, a slip, or the order of words.",
    ),
    ("person", "columns swapped"): Message(
        "Nama pemilik tertulis di kolom nama usaha.",
        "The owner's name stands in the column of the firm's name.",
    ),
    ("person", "owner in part"): Message(
        "Sebagian nama pemilik sama.", "A part of the owner's name agrees."
    ),
    ("person", "another owner"): Message("Nama pemilik berbeda.", "Another owner's name."),
    ("business", "name, another number"): Message(
        "Nama usaha sama dengan nomor lain: cabang, atau kelompok lain.",
        "The same firm's name with another number: a branch, or another group.",
    ),
    ("business", "name and work"): Message(
        "Nama usaha dan produk sama.", "The same firm's name and product."
    ),
    ("business", "name, work unknown"): Message(
        "Nama usaha sama; produk tidak tercatat di salah satunya.",
        "The same firm's name; one record tells no product.",
    ),
    ("business", "name, unlike work"): Message(
        "Nama usaha sama; produk disebut dengan kata lain.",
        "The same firm's name; other words for the product.",
    ),
    ("business", "name, other work"): Message(
        "Nama usaha sama, produk berbeda.", "The same firm's name, another product."
    ),
    ("business", "name nearly, and work"): Message(
        "Nama usaha mirip dan produk sama.", "The firm's name is alike, the product the same."
    ),
    ("business", "name nearly"): Message("Nama usaha mirip.", "The firm's name is alike."),
    ("business", "a word and work"): Message(
        "Satu kata khas di nama usaha dan produknya sama.",
        "A rare word of the firm's name and the product agree.",
    ),
    ("business", "work, a name is silent"): Message(
        "Produk sama; salah satunya tidak punya nama usaha sendiri.",
        "The same product; one record has no firm's name of its own.",
    ),
    ("business", "work, names differ"): Message(
        "Produk sama, nama usaha berbeda.", "The same product, another firm's name."
    ),
    ("business", "work nearly, a name is silent"): Message(
        "Produk berdekatan; salah satunya tidak punya nama usaha sendiri.",
        "A neighbouring product; one record has no firm's name of its own.",
    ),
    ("business", "work nearly, names differ"): Message(
        "Produk berdekatan, nama usaha berbeda.", "A neighbouring product, another firm's name."
    ),
    ("business", "a word"): Message(
        "Satu kata khas di nama usaha sama; produk tidak.",
        "A rare word of the firm's name agrees, the product does not.",
    ),
    ("business", "name differs"): Message(
        "Nama usaha berbeda; produk tidak tercatat di salah satunya.",
        "Another firm's name; one record tells no product.",
    ),
    ("business", "work unlike, a name is silent"): Message(
        "Produk disebut dengan kata lain; salah satunya tidak punya nama usaha sendiri.",
        "Other words for the product; one record has no firm's name of its own.",
    ),
    ("business", "work differs, a name is silent"): Message(
        "Produk berbeda; salah satunya tidak punya nama usaha sendiri.",
        "Another product; one record has no firm's name of its own.",
    ),
    ("business", "work unlike, names differ"): Message(
        "Nama usaha berbeda dan produk disebut dengan kata lain.",
        "Another firm's name, and other words for the product.",
    ),
    ("business", "another business"): Message(
        "Nama usaha dan produk berbeda.", "Another firm's name and another product."
    ),
    ("code", "same"): Message("Kode KBLI sama.", "The same KBLI code."),
    ("code", "group"): Message(
        "Kode KBLI satu golongan: mungkin edisi lain.",
        "KBLI codes of one group: perhaps another edition.",
    ),
    ("code", "not far"): Message(
        "Kode KBLI satu golongan pokok, atau salah satunya kode perdagangan.",
        "KBLI codes of one division, or one of them is a shop's.",
    ),
    ("code", "far"): Message(
        "Kode KBLI jauh berbeda; kode saja sering keliru.",
        "KBLI codes far apart; a code alone is often wrong.",
    ),
    ("place", "door"): Message("Alamat rumah sama.", "The same door."),
    ("place", "street"): Message("Jalan sama di desa yang sama.", "The same street and village."),
    ("place", "village"): Message(
        "Desa sama; alamat tidak bertentangan.", "The same village; the address does not disagree."
    ),
    ("place", "village, another door"): Message(
        "Desa sama, alamat berbeda.", "The same village, another address."
    ),
    ("place", "village nearly"): Message(
        "Nama desa mirip di kabupaten/kota yang sama.",
        "The village's name is alike, in the same regency.",
    ),
    ("place", "door, village unknown"): Message(
        "Alamat sama di kabupaten/kota yang sama; desa tidak tercatat di salah satunya.",
        "The same address and regency; one record tells no village.",
    ),
    ("place", "district, village unknown"): Message(
        "Kecamatan sama; desa tidak tercatat di salah satunya.",
        "The same district; one record tells no village.",
    ),
    ("place", "another district, village unknown"): Message(
        "Kabupaten/kota sama, kecamatan berbeda; desa tidak tercatat di salah satunya.",
        "The same regency, another district; one record tells no village.",
    ),
    ("place", "regency, village unknown"): Message(
        "Kabupaten/kota sama; desa tidak tercatat di salah satunya.",
        "The same regency; one record tells no village.",
    ),
    ("place", "district"): Message(
        "Kecamatan sama, desa berbeda.", "The same district, another village."
    ),
    ("place", "regency"): Message(
        "Kabupaten/kota sama, desa berbeda.", "The same regency, another village."
    ),
    ("place", "elsewhere"): Message("Kabupaten/kota berbeda.", "Another regency."),
    ("registration", "same"): Message("NIB atau NPWP sama.", "The same business or tax number."),
    ("registration", "differs"): Message(
        "NIB atau NPWP berbeda.", "Another business or tax number."
    ),
    ("email", "same"): Message("Alamat surel sama.", "The same email address."),
    ("email", "differs"): Message("Alamat surel berbeda.", "Another email address."),
    ("founded", "same"): Message("Tahun berdiri sama.", "Founded in the same year."),
    ("founded", "near"): Message(
        "Tahun berdiri berselisih paling banyak dua tahun.", "Founded within two years."
    ),
    ("founded", "differs"): Message(
        "Tahun berdiri jauh berbeda.", "The years of founding are far apart."
    ),
    ("size", "alike"): Message("Tenaga kerja hampir sama.", "Nearly as many workers."),
    ("size", "near"): Message("Tenaga kerja agak berbeda.", "Somewhat more or fewer workers."),
    ("list", "one list"): Message(
        "Keduanya dilaporkan kantor yang sama dalam bulan yang sama: satu usaha jarang tercatat dua"
        " kali.",
        "Both were reported by one office in one month: a firm seldom stands there twice.",
    ),
    ("list", "another list"): Message(
        "Dilaporkan kantor lain atau dalam bulan lain.",
        "Reported by another office or in another month.",
    ),
    ("size", "differs"): Message("Tenaga kerja jauh berbeda.", "Far more or fewer workers."),
}

RULES = {
    "nik": "NIK",
    "phone": "nomor telepon",
    "nib": "NIB",
    "npwp": "NPWP",
    "email": "alamat surel",
    "owner in regency": "nama pemilik dan kabupaten/kota",
    "first name in village": "nama depan dan desa",
    "last name in village": "nama belakang dan desa",
    "first name in village code": "nama depan dan kode desa",
    "firm in regency": "nama usaha dan kabupaten/kota",
    "rare word in regency": "kata khas nama usaha dan kabupaten/kota",
    "owner and trade": "nama pemilik dan produk",
    "birth and name": "tanggal lahir dalam NIK dan nama belakang",
    "door": "alamat rumah dan produk",
    "owner and firm in regency": "nama pemilik, nama usaha, dan kabupaten/kota",
}
"""The Indonesian names of the rules that bring records together, by the rule's own name."""

UNKNOWN = Message(
    "Tidak diketahui di salah satu baris: tidak berbobot.",
    "Not known in one of the records: it weighs nothing.",
)


def says(key: Key) -> Message:
    """Return what a level says; silence says that it is not known."""
    return UNKNOWN if key[1] == SILENT else SAYS[key]
