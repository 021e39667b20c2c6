#!/usr/bin/env python3
"""Writes data/{divisions,earlier,towns,area_codes}.tsv from three unpacked packages.

Sources (facts only; names and codes of GB/T 2260 and GB/T 10114):
  npm  china-division 2.7.0  (WTFPL)   divisions and towns of 2023
  PyPI gb2260 0.4.1          (BSD)     the editions of 2002 to 2014
  PyPI phone 0.4.5           (MIT)     telephone area codes

How to run, in an empty folder, with the packages fetched and unpacked by `npm pack` and `pip download`:
  python3 generate.py CHINA_DIVISION/package/dist GB2260-0.4.1 phone-0.4.5/phone/phone.dat data

aliases.tsv, zones.tsv and national.tsv are written by hand.
"""
import collections, json, os, struct, sys

dist, gb, phone, out = sys.argv[1:5]
sys.path.insert(0, gb)
from gb2260.data import data as editions  # noqa: E402

# Where an earlier division went when neither its name nor its stem stands in today's edition. A merged
# division links to the one that holds its seat.
SUCCESSOR = {
    110103: 110101, 110104: 110102, 120107: 120116, 120108: 120116, 120109: 120116, 120225: 120119, 130230: 130209,
    130421: 130402, 130603: 130606, 130604: 130606, 140202: 140213, 140211: 140214, 140227: 140215, 140402: 140403,
    140421: 140404, 230105: 230104, 230107: 230110, 230702: 230717, 230703: 230726, 230705: 230751, 230706: 230718,
    230707: 230725, 230708: 230717, 230709: 230751, 230710: 230725, 230711: 230718, 230712: 230723, 230713: 230724,
    230714: 230723, 230715: 230725, 230716: 230719, 230802: 230811, 310103: 310101, 310108: 310106, 310119: 310115,
    320103: 320104, 320107: 320106, 320202: 320213, 320203: 320213, 320204: 320213, 320304: 320302, 320405: 320412,
    320502: 320508, 320503: 320508, 320504: 320508, 320611: 320613, 320705: 320706, 320802: 320812, 320811: 320812,
    321011: 321003, 330103: 330105, 330104: 330102, 330204: 330212, 330621: 330603, 340203: 340209, 340204: 340202,
    340208: 340209, 340221: 340210, 340502: 340503, 340702: 340705, 340703: 340705, 340721: 340706, 341402: 340181,
    341400: 340181, 450331: 450381, 130223: 130284, 130521: 130503, 130526: 130505, 350427: 350405, 360721: 360704, 441421: 441403,
    441827: 441803, 450127: 450181, 469003: 460400, 350202: 350203, 350204: 350203, 350402: 350404, 360105: 360112, 360421: 360404, 360427: 360483,
    361121: 361104, 370205: 370203, 370284: 370211, 370634: 370614, 370802: 370811, 371200: 370116, 371202: 370116,
    371421: 371403, 410211: 410202, 410224: 410212, 410306: 410308, 411023: 411003, 411222: 411203, 420321: 420304,
    430221: 430212, 440102: 440104, 440107: 440103, 440116: 440112, 440202: 440204, 440506: 440512, 440508: 440511,
    440509: 440511, 440510: 440512, 440903: 440904, 450104: 450107, 450106: 450107, 450404: 450403, 450411: 450405,
    500222: 500110, 500225: 500111, 500234: 500154, 510124: 510117, 510724: 510705, 510902: 510903, 511521: 511504,
    511721: 511703, 520114: 520111, 520222: 520281, 520321: 520304, 522200: 520600, 522201: 520602, 522230: 520603,
    522400: 520500, 522401: 520502, 532700: 530800, 532701: 530802, 532722: 530821, 533521: 530902, 542121: 540302,
    542301: 540202, 542421: 540602, 542621: 540402, 610125: 610118, 610321: 610304, 610427: 610482, 610521: 610503,
    622421: 621102, 640203: 640205, 640222: 640221, 640321: 640502, 650108: 650109, 652101: 650402, 652201: 650502,
    652303: 650109,
}
TYPES = ("地区", "林区", "特区", "新区", "自治县", "省", "市", "盟", "县", "区", "旗", "州")


def stem(name):
    for t in TYPES:
        if name.endswith(t) and len(name) > len(t):
            return name[: -len(t)]
    return name


def rows(file, *keys):
    for row in json.load(open(os.path.join(dist, file + ".json"), encoding="utf-8")):
        yield [row[k] for k in keys]


def write(file, lines, *head):
    with open(os.path.join(out, file), "w", encoding="utf-8") as f:
        f.writelines("# " + h + "\n" for h in head)
        f.writelines(line + "\n" for line in lines)


# Today's divisions. Codes 71 to 80 of a city count development zones, which GB/T 2260 does not know.
now, zones = {}, {}
for code, name in rows("provinces", "code", "name"):
    now[int(code) * 10000] = name
now.update({710000: "台湾省", 810000: "香港特别行政区", 820000: "澳门特别行政区"})
for code, name in rows("cities", "code", "name"):
    if name not in ("市辖区", "县") and "直辖县级" not in name:
        now[int(code) * 100] = name
for code, name in rows("areas", "code", "name"):
    code = int(code)
    if 70 < code % 100 < 81:
        zones[name] = code // 100 * 100
    elif name != "市辖区" and code % 100 and name != now.get(code // 100 * 100):  # 嘉峪关市 has no county
        now[code] = name
for code, name in editions[None].items():  # 金门县, which the census cannot count
    if code // 100 * 100 == 350500 and code % 100 and code not in now:
        now[code] = name

# Earlier names, each with the first and last edition that holds it.
held = collections.defaultdict(list)
for edition in editions:
    year = 2014 if edition is None else int(str(edition)[:4])
    for code, name in editions[edition].items():
        held[int(code), "".join(c for c in name if c.isprintable() and not c.isspace())].append(year)
GENERIC = ("市辖区", "县", "市", "自治区直辖县级行政区划", "省直辖县级行政区划", "省直辖行政单位", "晋城市市辖区")
earlier = []
for (code, name), years in sorted(held.items()):
    if now.get(code) == name or name in GENERIC or "直辖" in name:
        continue
    inside = [c for c in now if c // 10000 == code // 10000 and (c % 100 > 0) == (code % 100 > 0) and c % 10000]
    near = [c for c in inside if c // 100 == code // 100]
    link = code if code in now else SUCCESSOR.get(code)
    for test in (lambda c: now[c] == name, lambda c: stem(now[c]) == stem(name)):
        for scope in (near, inside):
            hits = [c for c in scope if test(c)]
            if link is None and len(hits) == 1:
                link = hits[0]
    if link is None:
        print("no successor:", code, name, years[0], years[-1], file=sys.stderr)
    earlier.append(f"{code}\t{name}\t{min(years)}\t{max(years)}\t{link or ''}")

towns = collections.defaultdict(set)
for name, area, city in rows("streets", "name", "areaCode", "cityCode"):
    code = int(area)
    if 70 < code % 100 < 81 or code % 100 == 0 or code not in now:
        code = int(city) * 100
    if code in now and len(name) > 2:
        towns[name].add(code)
for name, code in zones.items():
    if code in now:
        towns[name].add(code)
lines = [name + "\t" + ",".join(map(str, sorted(codes))) for name, codes in towns.items()]

blob = open(phone, "rb").read()
areas = collections.defaultdict(set)
for record in blob[8 : struct.unpack("<4si", blob[:8])[1]].split(b"\0"):
    if record:
        province, cities, _, area = record.decode().split("|")
        area = "0" + area.lstrip("0")
        for city in cities.split("/"):
            hits = [c for c, n in now.items() if n.startswith(city) and c % 100 == 0 and now[c // 10000 * 10000].startswith(province)]
            hits = [c for c in hits if c % 10000] or hits
            hits = hits or [c for c, n in now.items() if stem(n) == city and now[c // 10000 * 10000].startswith(province)]
            areas[area].update(hits)
for area, code in (("0908", 653000), ("0909", 652700), ("0996", 652800)):  # 克州, 博州, 巴州
    areas[area].add(code)

write("divisions.tsv", [f"{c}\t{n}" for c, n in sorted(now.items())],
      "Divisions of GB/T 2260 at the end of 2023: code, name.", "Source: npm china-division 2.7.0 (WTFPL), written by generate.py.")
write("earlier.tsv", earlier,
      "Earlier divisions: code, name, first and last edition of GB/T 2260 at hand that holds them (2002 to 2014), today's code.",
      "Source: PyPI gb2260 0.4.1 (BSD), written by generate.py.")
write("towns.tsv", sorted(lines, key=lambda l: l.split("\t")[0].encode()),
      "Towns, townships, subdistricts and zones of 2023: name, codes of the counties that hold one of this name; sorted by bytes.",
      "Source: npm china-division 2.7.0 (WTFPL), written by generate.py.")
write("area_codes.tsv", [a + "\t" + ",".join(map(str, sorted(c))) for a, c in sorted(areas.items()) if c],
      "Telephone area codes: area code, codes of the prefectures that share it.", "Source: PyPI phone 0.4.5 (MIT), written by generate.py.")
