"""The words that people write for weights, directions and the like in their tables, in many languages."""

from __future__ import annotations

import numbers
import re
import unicodedata
from functools import cache, lru_cache

MOST = 1 << 14  # words whose meaning is kept: a table asks for the same ones again and again
SIGNED = ("1", "+1", "-1", "−1", "1.0", "+1.0", "-1.0")  # the numbers that say which way is better
BETTER = {
    "max": """
        max, maxi, maximum, maximal, maximise, maximize, maximisation, maximization, maximising,
        maximizing, benefit, benefits, beneficial, benefit criterion, gain, gains, profit, higher,
        higher is better, higher better, the higher the better, high is good, more is better,
        the more the better, to be maximised, to be maximized, to maximise, to maximize, positive,
        à maximiser, a maximizar, da massimizzare, zu maximieren, te maximaliseren, do maksymalizacji,
        positiv, positif, positivo, larger is better, bigger is better, greater is better, +, 1, +1, 1.0, ↑, ▲,
        maximieren, maximierung, nutzen, nutzenkriterium, gewinn, höher, höher ist besser,
        je höher desto besser, mehr ist besser, maximiser, bénéfice, avantage, plus élevé,
        plus c'est élevé mieux c'est, gagner, massimo, massimizzare, massimizzazione, beneficio,
        vantaggio, più alto, più alto è meglio, guadagno, máximo, maximizar, maximización, ganancia,
        mayor, mayor es mejor, más es mejor, cuanto más mejor, maks, maksimum, maksymalizacja,
        maksymalizować, maksymalizuj, korzyść, zysk, stymulanta, wyższy, im więcej tym lepiej,
        maximaliseren, baten, opbrengst, hoger, hoger is beter, meer is beter, maximizare, maxim,
        beneficiu, mai mare, mai mare este mai bine, maximização, benefício, lucro, maior,
        maior é melhor, quanto maior melhor, maximalizovat, maximalizace, přínos, výnos, vyšší,
        vyšší je lepší, maximalizálás, maximalizálni, haszon, magasabb, magasabb a jobb, maximera,
        maximering, nytta, vinst, högre, högre är bättre, μέγιστο, μεγιστοποίηση, όφελος, κέρδος,
        υψηλότερο, μεγαλύτερο, максимум, макс, максимізація, максимізувати, вигода, перевага, вище,
        більше, більше краще, чим більше тим краще, максимизация, максимизировать, выгода, польза, выше,
        больше, больше лучше, чем больше тем лучше, maksimize, maksimizasyon, fayda, yüksek olan iyi,
        daha yüksek, maksimal, maksimasi, maksimalkan, keuntungan, manfaat, lebih tinggi lebih baik,
        semakin tinggi semakin baik, 最大, 最大化, 极大, 极大型, 極大型, 效益, 效益型, 收益, 正向,
        越大越好, 大きいほど良い, 便益, 望大
    """,
    "min": """
        min, mini, minimum, minimal, minimise, minimize, minimisation, minimization, minimising,
        minimizing, cost, costs, cost criterion, loss, losses, non-beneficial, nonbeneficial,
        not beneficial, lower, lower is better, lower better, the lower the better, low is good, less,
        to be minimised, to be minimized, to minimise, to minimize, negative, à minimiser, a minimizar,
        da minimizzare, zu minimieren, te minimaliseren, do minimalizacji, negativ, négatif, negativo,
        less is better, fewer is better, the less the better, smaller is better, -, -1, -1.0, ↓, ▼,
        minimieren, minimierung, kosten, kostenkriterium, verlust, niedriger, niedriger ist besser,
        je niedriger desto besser, weniger ist besser, minimiser, coût, coûts, perte, plus bas, minimo,
        minimizzare, minimizzazione, costo, costi, perdita, più basso, più basso è meglio, mínimo,
        minimizar, minimización, coste, costes, costos, pérdida, menor, menor es mejor, menos es mejor,
        cuanto menos mejor, minimalizacja, minimalizować, minimalizuj, koszt, koszty, strata,
        destymulanta, niższy, im mniej tym lepiej, minimaliseren, lager, lager is beter,
        minder is beter, minimizare, minim, mai mic, mai mic este mai bine, pierdere, minimização,
        custo, custos, menor é melhor, quanto menor melhor, minimalizovat, minimalizace, náklad,
        náklady, nižší, nižší je lepší, minimalizálás, minimalizálni, költség, alacsonyabb,
        alacsonyabb a jobb, minimera, minimering, kostnad, kostnader, lägre, lägre är bättre, ελάχιστο,
        ελαχιστοποίηση, κόστος, χαμηλότερο, μικρότερο, мінімум, мін, мінімізація, мінімізувати, витрати,
        вартість, нижче, менше, менше краще, чим менше тим краще, минимум, мин, минимизация,
        минимизировать, затраты, издержки, стоимость, ниже, меньше, меньше лучше, чем меньше тем лучше,
        minimize et, minimizasyon, maliyet, düşük olan iyi, daha düşük, minimasi, minimalkan, biaya,
        lebih rendah lebih baik, semakin rendah semakin baik, 最小, 最小化, 极小, 极小型, 極小型, 成本,
        成本型, 负向, 負向, 越小越好, 小さいほど良い, 費用, 望小
    """,
}
ROLES = {
    "weights": """
        weight, weights, weighting, weightings, weightage, weight factor, weighting factor,
        criterion weight, criterion weights, criteria weight, criteria weights, wt, wts,
        wgt, wgts, w j, wj, weight j, weight in, weights in, importance,
        relative importance, importance weight, max points, maximum points, relative weight,
        relative weights, gewicht, gewichte, gewichtung, gewichtungen, gewichtungsfaktor, wichtung,
        maximalpunkte, gewicht in, gewichtung in, poids, poids en,
        pondération, pondérations, coefficient, coefficients, coeff, coef, peso,
        pesi, ponderazione, ponderazioni, importanza, pesos, ponderación, ponderaciones, importancia,
        waga, wagi, ważność, gewichten, weging, wegingen, wegingsfactor, pondere, ponderi, ponderea,
        greutate, greutăți, importanță, ponderação, importância, váha, váhy, důležitost, súly, súlyok,
        súlyozás, fontosság, vikt, vikter, viktning, βάρος, βάρη, στάθμιση, συντελεστής βαρύτητας,
        συντελεστές βαρύτητας, βαρύτητα, вага, ваги, ваговий коефіцієнт, вагові коефіцієнти, важливість,
        вес, веса, весовой коэффициент, весовые коэффициенты, важность, ağırlık, ağırlıklar, ağırlığı,
        kriter ağırlıkları, önem, bobot, bobot kriteria, pembobotan, kepentingan, 权重, 權重, 比重,
        重要性, 重み, ウェイト, ウエイト, 重要度, 配点
    """,
    "directions": """
        direction, directions, preference direction, preferencedirection, preferred direction,
        direction of preference, optimisation direction, optimization direction, sense, objective,
        objectives, goal, goals, aim, aims, ideally, better, optimisation, optimization, benefit/cost,
        cost/benefit, max/min, min/max, +/-, richtung, richtungen, zielrichtung, ziel, optimierung,
        optimierungsrichtung, präferenzrichtung, sens, sens de préférence, objectif, direzione,
        direzioni, verso, obiettivo, dirección, direcciones, sentido, objetivo, kierunek, kierunki,
        kierunek preferencji, cel, richting, doel, direcție, direcția, obiectiv, scop, direção,
        direções, směr, cíl, irány, cél, riktning, mål, κατεύθυνση, στόχος, напрям, напрямок, ціль,
        мета, направление, цель, yön, yönü, hedef, amaç, arah, tujuan, 方向, 目标, 目標, 目的, 指标方向
    """,
    "most points": "max points, maximum points, maximalpunkte, max punkte, 配点, 満点",
    "indifference": """
        indifference, indifference threshold, threshold of indifference, q threshold, threshold q,
        indifference q, q indifference, threshold indifference, indifferenz, indifferenzschwelle,
        seuil d'indifférence, umbral de indiferencia, soglia di indifferenza, limiar de indiferença,
        próg równoważności, próg nierozróżnialności, indifferentiedrempel, prag de indiferență,
        поріг байдужості, порог безразличия, kayıtsızlık eşiği, 无差异阈值
    """,
    "pref": "pref",
    "preference": """
        preference, preference threshold, threshold of preference, p threshold, threshold p,
        preference p, p preference, threshold preference, präferenz, präferenzschwelle,
        seuil de préférence, umbral de preferencia, soglia di preferenza, limiar de preferência,
        próg preferencji, preferentiedrempel, prag de preferință, поріг переваги, порог предпочтения,
        tercih eşiği, 偏好阈值
    """,
    "veto": """
        veto, veto threshold, threshold of veto, v threshold, threshold v, veto v, v veto,
        threshold veto, vetoschwelle, seuil de veto, umbral de veto, soglia di veto, limiar de veto,
        próg weta, vetodrempel, prag de veto, поріг вето, порог вето, veto eşiği, 否决阈值
    """,
    "units": """
        unit, units, unit of measure, unit of measurement, measured in, einheit, einheiten, unité,
        unités, unità, unidad, unidades, jednostka, jednostki, eenheid, eenheden, unitate,
        unitate de măsură, unidade, unidade de medida, jednotka, jednotky, egység, mértékegység, enhet,
        enheter, μονάδα, μονάδες, одиниця, одиниці, одиниця виміру, единица, единицы, единица измерения,
        birim, satuan, 单位, 單位, 単位
    """,
    "types": """
        type, types, kind, scale, scale type, measurement, data type, datatype, criterion type, typ,
        typen, art, genre, tipo, tipi, tipos, rodzaj, soort, típus, typer, τύπος, тип, типи, типы, tür,
        tip, jenis, tipe, sifat, atribut, 类型, 類型, 属性, 種類
    """,
    "total": """
        total, totals, sum, grand total, subtotal, summe, gesamt, gesamtsumme, somme, totale, somma,
        suma, totaal, som, sumă, soma, celkem, součet, összesen, summa, totalt, σύνολο, άθροισμα, сума,
        разом, всього, сумма, итого, всего, toplam, jumlah, 合计, 合計, 总计, 總計, 总和
    """,
    "mean": """
        mean, average, avg, arithmetic mean, mittel, mittelwert, durchschnitt, moyenne, media, promedio,
        ø, średnia, gemiddelde, medie, média, průměr, átlag, medel, medelvärde, snitt, μέσος όρος, середнє,
        среднее, ortalama, rata-rata, rerata, 平均, 平均值, 平均値
    """,
    "median": """
        median, zentralwert, médiane, mediana, mediaan, mediană, medián, διάμεσος, медіана, медиана,
        medyan, ortanca, 中位数, 中央値
    """,
    "deviation": """
        standard deviation, std deviation, std dev, std. dev., std, stdev, st. dev.,
        standardabweichung, stabw, écart-type, écart type, deviazione standard, desviación estándar,
        desviación típica, odchylenie standardowe, standaardafwijking, desvio padrão, desvio-padrão,
        směrodatná odchylka, szórás, standardavvikelse, стандартне відхилення, стандартное отклонение,
        standart sapma, simpangan baku, 标准差, 標準偏差
    """,
    "extreme": """
        best, worst, optimum, optimal, ideal, anti-ideal, antiideal, nadir, ideal solution,
        positive ideal, negative ideal, positive ideal solution, negative ideal solution, ideal best,
        ideal worst, ideal point, anti-ideal solution, pis, nis, utopia, minimum,
        maximum, min, max, lowest, highest, bester, bestes, schlechtester, optimal, mejor, peor,
        meilleur, pire, migliore, peggiore, najlepszy, najgorszy, melhor, pior, лучший, худший,
        найкращий, найгірший, maks, maksimum, terbaik, terburuk, 最大值, 最小值, 最大値, 最小値
    """,
    "rank": """
        rank, ranks, ranking, rang, rangfolge, rangliste, classement, classifica, clasificación,
        rangorde, classificação, pořadí, helyezés, sorrend, κατάταξη, ранг, ранжування, ранжирование,
        sıralama, peringkat, 排名, 排序, 順位, ランク
    """,
    "result": """
        total score, overall score, global score, final score, weighted score, aggregate score,
        composite score, topsis score, performance score, weighted sum, weighted total, net flow, phi,
        closeness, closeness coefficient, relative closeness, preference value, gesamtpunktzahl,
        gesamtnutzwert, nutzwert, gesamtnote, gesamtergebnis, ergebnis, score total, score global,
        note globale, punteggio totale, punteggio finale, puntuación total, puntuación final,
        puntuación global, wynik końcowy, ocena końcowa, eindscore, totaalscore, scor total, scor final,
        pontuação total, pontuação final, celkové skóre, összpontszám, totalpoäng, συνολική βαθμολογία,
        підсумковий бал, загальна оцінка, итоговый балл, итоговая оценка, toplam puan, skor akhir,
        nilai akhir, nilai preferensi, total nilai, 综合得分, 总得分, 綜合得分, 総合評価, 総合点
    """,
    "count": """
        no, no., nr, nr., #, id, ids, index, idx, num, number, sno, s.no, s.no., sl no, sl. no., serial,
        row, unnamed: 0, nummer, n°, nº, №, numéro, numero, número, lp, l.p., č., sorszám, номер, п/п,
        № п/п, sıra no, no urut, 序号, 編号, 编号, 番号
    """,
    "label": """
        name, names, label, labels, title, description, full name, long name, bezeichnung, beschreibung,
        benennung, titel, nom, libellé, désignation, descrizione, nombre, descripción, nome, nazwa,
        opis, naam, omschrijving, nume, denumire, descriere, descrição, název, popis, név, megnevezés,
        leírás, namn, beskrivning, όνομα, περιγραφή, назва, опис, название, наименование, описание, ad,
        adı, açıklama, nama, keterangan, deskripsi, 名称, 名稱, 描述, 名前, 説明
    """,
    "remarks": """
        note, notes, comment, comments, remark, remarks, source, sources, bemerkung, bemerkungen,
        kommentar, quelle, anmerkung, remarque, remarques, commentaire, fonte, note e commenti,
        observaciones, comentario, comentarios, fuente, uwagi, źródło, opmerking, opmerkingen, bron,
        observații, sursă, observações, poznámka, poznámky, zdroj, megjegyzés, forrás, anmärkning,
        källa, σημείωση, πηγή, примітка, джерело, примечание, источник, not, kaynak, catatan, sumber,
        备注, 備考, 来源, 出典
    """,
    "criteria": """
        criterion, criteria, measure, measures, indicator, indicators, attribute, attributes, metric,
        metrics, kriterium, kriterien, maßnahmenkriterium, indikator, indikatoren, merkmal, critère,
        critères, indicateur, indicateurs, criterio, criteri, criterios, indicador, indicadores,
        indicatore, indicatori, kryterium, kryteria, wskaźnik, criteriu, criterii, critério, critérios,
        kritérium, kritéria, ukazatel, kritériumok, szempont, kritérier, κριτήριο, κριτήρια, критерій,
        критерії, показник, критерий, критерии, показатель, kriter, kriterler, ölçüt, kriteria, 准则,
        指标, 準則, 指標, 基準, 評価項目
    """,
    "alternatives": """
        option, options, alternative, alternatives, variant, variants, choice, candidate, candidates,
        solution, scenario, scenarios, plan, project, projects, site, sites, location, locations, model,
        case, action, supplier, suppliers, bidder, bidders, vendor, vendors, variante, varianten,
        standort, standorte, anbieter, bieter, angebot, kandidat, projekt, projekte, szenario, sitio,
        emplazamiento, proveedor, proyecto, fournisseur, soumissionnaire, lieu, fornitore, sito,
        lokalizacja, dostawca, leverancier, locatie, lokasi, pemasok, майданчик, постачальник, площадка,
        поставщик, tedarikçi, 供应商, 候補地,
        lösung, maßnahme, projet, solution, action, choix, alternativa, alternative, opzione, opzioni,
        alternativas, opción, opciones, opção, opções, wariant, warianty, opcja, opcje, alternatief,
        alternatieven, optie, opties, variantă, variante, opțiune, opțiuni, varianta, varianty,
        alternatíva, változat, alternativ, εναλλακτική, εναλλακτικές, επιλογή, альтернатива,
        альтернативи, варіант, варіанти, альтернативы, вариант, варианты, alternatif, seçenek,
        seçenekler, 方案, 备选方案, 選択肢, 代替案, 案
    """,
}


def folded(text: object) -> str:
    """Return a word as it is compared: no case, accents, invisible marks, remarks in brackets, or spaces beyond one.

    >>> folded("Pondération:"), folded("WEIGHT (%)"), folded("AĞIRLIK")
    ('ponderation', 'weight', 'agirlik')
    """
    plain = unicodedata.normalize("NFKD", str(text).casefold()).replace("ı", "i")
    letters = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    bare = re.sub(r"[(\[（].*?[)\]）]", " ", letters.replace("−", "-").replace("_", " "))
    return " ".join(bare.split()).rstrip(":*% ").strip() or " ".join(letters.split())


@cache
def _words_of(role: str) -> frozenset[str]:
    return frozenset(_words(ROLES[role]))


@cache
def _direction_words() -> dict[str, str]:
    return {word: way for way, listed in BETTER.items() for word in _words(listed)}


@cache
def _role_words() -> dict[str, str]:
    return {word: role for role, listed in reversed(ROLES.items()) for word in _words(listed)}


def _words(listed: str) -> list[str]:
    return [folded(word) for word in listed.split(",") if word.strip()]


def direction(word: object) -> str | None:
    """Return "max" or "min" for a number, sign or word that says which way is better, None for anything else.

    It is the one vocabulary of directions: 1, -1, +, -, max, min, benefit, cost, higher, lower, in any case and in the
    languages of the table.

    >>> direction("+"), direction(-1), direction("Lower is better"), direction("Kosten"), direction("up")
    ('max', 'min', 'min', 'min', None)
    """
    if isinstance(word, numbers.Real) and not isinstance(word, bool):
        return {1.0: "max", -1.0: "min"}.get(float(word))
    if not isinstance(word, str) or (word[-1:].isdigit() and word.strip() not in SIGNED):
        return None
    return _direction_of(word)


@lru_cache(maxsize=MOST)
def _direction_of(word: str) -> str | None:
    return _direction_words().get(folded(word))


@lru_cache(maxsize=MOST)
def role(label: str) -> str:
    """Return the role that a word for a row or a column names, blank where it names none.

    >>> role("Gewichtung"), role("Bobot"), role("Aim"), role("Bridge")
    ('weights', 'weights', 'directions', '')
    """
    return _role_words().get(folded(label), "")


def names(label: str, role: str) -> bool:
    """Return whether a word names a role, also one that names others too.

    >>> names("Typ", "types"), names("Media", "mean")
    (True, True)
    """
    return folded(label) in _words_of(role)


def without_number(name: str) -> str:
    """Return a name without the number at its end, by which several of one kind are told apart.

    >>> without_number("Option 12"), without_number("Critère_3"), without_number("Route 4b")
    ('Option', 'Critère', 'Route 4b')
    """
    return re.sub(r"[\s_.:#-]*\d+\s*$", "", name)
