"""Works tasks out anew with Python's own library. Reads records of kind, instruction, material, question, reference."""
import contextlib, csv, datetime, io, re, statistics, sys
from fractions import Fraction

SIGNS = {"×": "*", "÷": "/", "−": "-"}


def day(text):
    return datetime.datetime.strptime(text, "%d %B %Y").date()


def arithmetic(reference):
    text, value = re.fullmatch(r"(.*) comes to (.*)\.", reference).groups()
    for sign, plain in SIGNS.items():
        text = text.replace(sign, plain)
    exact = eval(re.sub(r"\d+", r"Fraction(\g<0>)", text))
    digits = len(value.partition(".")[2])
    return abs(exact - Fraction(value)) <= Fraction(1, 2 * 10**digits)


def between(reference):
    to, days, start = re.fullmatch(r"(.*) is (\d+) days after (.*)\.", reference).groups()
    return (day(to) - day(start)).days == int(days)


def weekday(reference):
    when, name = re.fullmatch(r"(.*) is a (.*)\.", reference).groups()
    return day(when).strftime("%A") == name


def after(reference):
    weeks, days, side, start, to = re.fullmatch(
        r"(?:(\d+) weeks and )?(\d+) days (before|after) (.*) is (.*)\.", reference).groups()
    span = datetime.timedelta(days=7 * int(weeks or 0) + int(days))
    return day(start) + (span if side == "after" else -span) == day(to)


def code(material, reference):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(material, {})
    return f"The program prints {out.getvalue().strip()}." == reference


SIDES = {"above": ">", "more than": ">", "over": ">", "after": ">", "later than": ">",
         "below": "<", "less than": "<", "under": "<", "before": "<", "earlier than": "<"}


def rows(material):
    table = material.split("\n\n")[0].splitlines()
    if table[0].startswith("|"):
        table = [",".join(cell.strip() for cell in line.strip("|").split("|")) for line in table if "---" not in line]
    return list(csv.DictReader(table))


def meets(row, conditions):
    for column, text in conditions:
        side, value = re.match(r"(?:is |exceeds |equals |reads )?(" + "|".join(SIDES) + r")? ?(.*)", text).groups()
        side = ">" if text.startswith("exceeds") else SIDES.get(side)
        cell = row[column]
        if side is None:
            good = cell == value
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
            good = cell > value if side == ">" else cell < value
        else:
            edge = float(value.split(" ")[0])
            good = float(cell) > edge if side == ">" else float(cell) < edge
        if not good:
            return False
    return True


def table(kind, material, question, reference):
    asked, _, clause = re.split(r" (where|for which) ", question, maxsplit=1) if re.search(
        r" (where|for which) ", question) else (question, "", "")
    clause = re.split(r"[?:]|\.(?:\s|$)|, wh", clause)[0]
    conditions = re.findall(r'"([^"]*)" (.*?)(?= and "|$)', clause)
    kept = [row for row in rows(material) if meets(row, conditions)]
    if kind == "filtered_count":
        return f"There are {len(kept)} " in reference
    column = re.search(r'(?:total|mean) of "([^"]*)"', reference).group(1)
    values = [float(row[column]) for row in kept]
    value = sum(values) if kind == "group_sum" else statistics.mean(values)
    said = re.search(r" is (-?[\d.]+) \w+\.$", reference).group(1)
    digits = len(said.partition(".")[2])
    return abs(value - float(said)) <= 0.5 * 10**-digits + 1e-9


wrong = checked = 0
for record in sys.stdin.read().split("\x1e")[:-1]:
    kind, material, question, reference = record.split("\x1f")
    good = {
        "arithmetic": lambda: arithmetic(reference),
        "days_between": lambda: between(reference),
        "weekday": lambda: weekday(reference),
        "days_after": lambda: after(reference),
        "code_numbers": lambda: code(material, reference),
        "code_letters": lambda: code(material, reference),
    }.get(kind, lambda: table(kind, material, question, reference))()
    checked += 1
    if not good:
        wrong += 1
        print("wrong:", kind, question, reference)
print("checked", checked, "wrong", wrong)
