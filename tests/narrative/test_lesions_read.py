"""Lesions as read: site, side, size, uptake, and whether they are gone. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a cough. "


AVID = [
    (
        "PET-CT on 4 May 2019: SUVmax in the head of pancreas 22,6, liver segment 5 30,1.",
        [("pancreatic head", None, 22.6), ("liver segment v", None, 30.1)],
    ),
    ("PET showed uptake. SUVmax of the mandible was 6.2.", [("mandible", None, 6.2)]),
    (
        "PET showed uptake of the femurs and tibias (SUVmax 12.2 for the left femur; 10.7 for the right tibia).",
        [("femur", "left", 12.2), ("tibia", "right", 10.7)],
    ),
    (
        "CT showed a hilar mass of 94 mm and an adrenal nodule of 31 mm. At PET these had SUVmax of 17.3 and 11.0,"
        " respectively.",
        [("lung hilum", None, 17.3), ("adrenal gland", None, 11.0)],
    ),
    ("PET showed uptake in the liver (SUV max. 7.1).", [("liver", None, 7.1)]),
    ("PET showed no uptake; the SUV cut-off in the laboratory was 2.5.", []),
    (
        "CT showed a nodule of 18 mm in the left lower lobe and a mass of 25 mm in the right adrenal gland. At PET the"
        " two lesions had SUVmax values of 8.4 and 10.3, respectively.",
        [("lung lower lobe", "left", 8.4), ("adrenal gland", "right", 10.3)],
    ),
    (
        "The SUVmax values were 8.4 in the spleen and 10.3 in the lung.",
        [("spleen", None, 8.4), ("lung", None, 10.3)],
    ),
    (
        "PET showed a mass of the stomach with a standardized uptake value (SUVmax) of 12.5 and SUVs of 5.2 and 4.1 in"
        " the liver and spleen, respectively.",
        [("stomach", None, 12.5), ("liver", None, 5.2), ("spleen", None, 4.1)],
    ),
    (
        "PET showed that a left axillary lymph node of 14 mm had an SUVmax of 6.3.",
        [("axillary lymph node", "left", 6.3)],
    ),
    ("The SUVmax 12 days later had fallen.", []),
]


@pytest.mark.parametrize(("text", "expected"), AVID)
def test_where_uptake_is(text, expected):
    facts = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [(f.site, f.laterality, f.suv_max) for f in facts if f.suv_max is not None] == expected


def lesions(text, start=PATIENT):
    """Return (site, side, diameters) of each lesion, in the order of the text."""
    return [
        (f.site, f.laterality, f.diameters_mm)
        for f in read(Document(name="row", text=start + text)).of(Lesion)
    ]


CASES = [
    # the levels of a sacral lesion are neither lesions of their own nor segments of the liver
    ("MRI showed a lytic lesion of the sacrum (S2–S4) of 74 × 60 mm.", [("sacrum", None, (74, 60))]),
    (
        "MRI showed lytic lesions of S3 and L5.",
        [("s3 vertebra", None, ()), ("l5 vertebra", None, ())],
    ),
    (
        "MRI showed metastases of the liver, the largest in S3 (21 mm).",
        [("liver segment iii", None, (21,))],
    ),
    # mitoses are counted in an area, which is no size of a node
    ("Resection showed 2 of 9 lymph nodes with metastases, mitoses 4/2 mm2.", [("lymph node", None, ())]),
    (
        "CT showed liver metastases, segment 7 - 4.2 cm, segment 4 - 2.2 cm.",
        [("liver segment vii", None, (42,)), ("liver segment iv", None, (22,))],
    ),
    ("CT showed: spleen - 12.4 cm, liver: 17 cm.", []),
    # what was examined is no place, whatever stands between it and the verb
    (
        "CT showed a mass of the left kidney of 61 mm. MRI abdomen on 7 June 2019 measured the primary at 66 x 50 mm.",
        [("kidney", "left", (61,)), ("kidney", "left", (66, 50))],
    ),
    # only what stands with the verb is gone
    (
        "CT showed a T8 metastasis of 14 mm and a metastasis of the left ilium of 20 mm. PET-CT in June 2019 showed the"
        " T8 uptake reduced to 2.9 and the iliac lesion having resolved.",
        [("t8 vertebra", None, (14,)), ("ilium", "left", (20,)), ("ilium", "left", ())],
    ),
    # the side of the primary is none of its metastases
    (
        "Diagnosis: sarcoma of the right pelvis with lung and liver metastases.",
        [("lung", None, ()), ("liver", None, ())],
    ),
    (
        "The liver tumour regrew to 51 mm and multiple new peritoneal nodules emerged.",
        [("liver", None, (51,)), ("peritoneum", None, ())],
    ),
    # "TAP" is the French CT of thorax, abdomen and pelvis, "ADP" an enlarged node
    (
        "TAP 22.08.2020: RLL nodule 12 mm; L inguinal ADP 24 mm.",
        [("lung lower lobe", "right", (12,)), ("inguinal lymph node", "left", (24,))],
    ),
    (
        "CT showed a mass of 63 mm in the right upper lobe and a mediastinal node of 19 mm. In June 2019 chest CT"
        " showed that the mass was 56 mm.",
        [
            ("lung upper lobe", "right", (63,)),
            ("mediastinal lymph node", None, (19,)),
            ("lung upper lobe", "right", (56,)),
        ],
    ),
    (
        "MRI showed a mass of the left frontal lobe of 41 mm and a nodule of the leptomeninges of 6 mm. Surgery was"
        " done in June 2019. In July 2019 MRI measured a residue of 12 mm.",
        [("frontal lobe", "left", (41,)), ("leptomeninges", None, (6,)), ("frontal lobe", "left", (12,))],
    ),
    (
        "PET showed nodules in the lungs, the biggest in the middle lobe (SUV max 7.4; 22 mm).",
        [("lung middle lobe", "right", (22,))],
    ),
    (
        "CT showed a C4 metastasis of 12 mm and skin nodules of 5 mm. In June 2019 the skin nodules were gone by C4.",
        [("c4 vertebra", None, (12,)), ("skin", None, (5,)), ("skin", None, ())],
    ),
    (
        "CT showed a renal mass of 50 mm. In June 2019 the renal mass was no longer made out.",
        [("kidney", None, (50,)), ("kidney", None, ())],
    ),
    (
        "MRI showed a mass of 27 mm in the left thigh. At the visit of 11 April 2020 the MRI picture was unchanged"
        " (28 mm).",
        [("thigh", "left", (27,)), ("thigh", "left", (28,))],
    ),
    (
        "MRI showed a mass of 27 mm in the left thigh. At the visit of 11 April 2020 the dose was unchanged (28 mm).",
        [("thigh", "left", (27,))],
    ),
    (
        "CT 10.05.2019: psoas mass 50 mm, RLL 21 mm.\n- 09.12.2019: psoas 4.7, RLL 17; creatinine 1.2. SD.",
        [
            ("psoas muscle", None, (50,)),
            ("lung lower lobe", "right", (21,)),
            ("psoas muscle", None, (47,)),
            ("lung lower lobe", "right", (17,)),
        ],
    ),
    (
        "CT 10.05.2019: pelvic mass 52 mm, liver 19 mm. CT 20.06.2019 PR pelvic 30 (prev 52), liver 11.",
        [("pelvis", None, (52,)), ("liver", None, (19,)), ("pelvis", None, (30,)), ("liver", None, (11,))],
    ),
    (
        "MRI 02.10.2019 sacrum S3-S5, 7.8 x 6.1 x 5.5 cm, no rectal invasion.",
        [("sacrum", None, (78, 61, 55))],
    ),
    (
        "CT showed a gastric mass of 50 mm. Distal gastrectomy was done on 20.11.2019. Path: GIST, multinodular,"
        " largest 4.8 cm.",
        [("stomach", None, (50,)), ("stomach", None, (48,))],
    ),
    (
        "CT showed a spleen of 14 cm. The right kidney measured 11 x 10 x 9 cm and contained a mass of 8 cm.",
        [("kidney", "right", (80,))],
    ),
    ("CT showed that the spleen was larger (14 cm).", []),
    ("CT: liver 22 mm, spleen lesion 9 mm.", [("liver", None, (22,)), ("spleen", None, (9,))]),
    ("CT showed a tumour of the right kidney measuring 4 cm.", [("kidney", "right", (40,))]),
    (
        "CT showed nodules of 15 mm in the lung and 40 mm in the liver. In June 2019 the patient noticed a lump of the"
        " lung lesion. MRI measured it as 18 mm.",
        [("lung", None, (15,)), ("liver", None, (40,)), ("lung", None, (18,))],
    ),
    (
        "She underwent hysterectomy for an ovarian mass of 60 mm in May 2019. In June 2020 CT showed a pelvic"
        " nodule of 32 mm.",
        [("ovary", None, (60,)), ("pelvis", None, (32,))],
    ),
    (
        "In May 2019 left mastectomy was done. Two of 17 axillary lymph nodes were metastatic.",
        [("axillary lymph node", None, ())],
    ),
    (
        "In May 2019 lobectomy was done. One hilar lymph node out of five was invaded.",
        [("hilar lymph node", None, ())],
    ),
    ("In May 2019 lobectomy was done. None of five hilar lymph nodes was invaded.", []),
    (
        "CT showed a renal mass of 60 mm and a hilar node of 12 mm. CT 25/06/2019: mass 55 x 40 mm, node 9 mm.",
        [
            ("kidney", None, (60,)),
            ("hilar lymph node", None, (12,)),
            ("kidney", None, (55, 40)),
            ("hilar lymph node", None, (9,)),
        ],
    ),
    (
        "CT showed a renal mass of 60 mm and a hilar node of 12 mm. CT 25/06/2019: a new node of 9 mm.",
        [("kidney", None, (60,)), ("hilar lymph node", None, (12,)), ("lymph node", None, (9,))],
    ),
    (
        "CT showed a renal mass of 60 mm and a hilar node of 12 mm. In May 2019 the pathology reported a 31 mm"
        " tumour.",
        [("kidney", None, (60,)), ("hilar lymph node", None, (12,)), ("kidney", None, (31,))],
    ),
    (
        "In May 2019 a thigh mass of 5 cm was resected with a 2 cm security margin; margins were free (closest one"
        " at 2 mm).",
        [("thigh", None, (50,))],
    ),
    ("The biopsy of the lung mass consisted of fragments measuring in aggregate 4 x 2.5 x 1.5 cm.", []),
    ("A lung mass of 3 cm and hepatomegaly of 7 cm were found.", [("lung", None, (30,))]),
    (
        "CT showed an L3 metastasis of 20 mm. In June 2019 PET: the L3 focus was lost.",
        [("l3 vertebra", None, (20,)), ("l3 vertebra", None, ())],
    ),
    (
        "CT showed a lung nodule of 20 mm. In June 2019 weight was lost.",
        [("lung", None, (20,))],
    ),
    (
        "CT showed a liver metastasis of 20 mm. Nodal metastases were not identified.",
        [("liver", None, (20,))],
    ),
    (
        "CT 10.05.19: small bowel serosal deposit 19 mm. CT 15.12.19: serosal deposit not identified.",
        [("small bowel serosa", None, (19,)), ("small bowel serosa", None, ())],
    ),
    (
        "CT on 13.12.2019: liver 38 mm + new L3 lytic met.",
        [("liver", None, (38,)), ("l3 vertebra", None, ())],
    ),
    (
        "There were three papules of 6 mm on the scalp. In June 2019 the skin papules were gone.",
        [("scalp", None, (6,)), ("scalp", None, ())],
    ),
    (
        "MRI of the left ankle showed a nodule of 27 mm. In June 2019 the mass of the joint was 25 mm.",
        [("ankle", "left", (27,)), ("ankle", "left", (25,))],
    ),
    (
        "CT showed a popliteal mass of 94 mm and a second nodule of 31 mm in the suprapatellar recess.",
        [("popliteal fossa", None, (94,)), ("suprapatellar recess", None, (31,))],
    ),
    (
        "USG 16/5/19: 3.2 x 2.7 cm hypoechoic lesion (L) submandibular region.",
        [("submandibular region", None, (32, 27))],
    ),
    ("CT 16.05.19: new liver lesion segm. 6 18 mm.", [("liver segment vi", None, (18,))]),
    ("MRI showed a dural-based lesion of 23 mm.", [("dura", None, (23,))]),
    ("MRI showed a hypothalamo-chiasmatic process of 41 mm.", [("hypothalamus", None, (41,))]),
    ("In May 2019 a lumpectomy of the left breast showed a tumour with margin at 1 mm.", []),
    (
        "Hysterectomy was done for a cervical tumour of 35 mm.",
        [("cervix", None, (35,))],
    ),
    ("The cervical tumour of 35 mm compressed the trachea.", [("neck", None, (35,))]),
    (
        "CT revealed a 3 x 2 cm mass lateral to the sternum in the anterior mediastinum.",
        [("anterior mediastinum", None, (30, 20))],
    ),
    (
        "CT showed a liver metastasis of 40 mm. On 3 May 2019 CT: PR. Liver 22.",
        [("liver", None, (40,)), ("liver", None, (22,))],
    ),
    (
        "PET on 3 May 2019 showed uptake in the left axilla (SUVmax 9.1) plus a 1.9 cm focus in the"
        " pancreatic tail, SUVmax 8.2.",
        [("axilla", "left", ()), ("pancreatic tail", None, (19,))],
    ),
    (
        "CT showed a mass of 5 cm in the left kidney with the disappearance of the lung nodules.",
        [("kidney", "left", (50,)), ("lung", None, ())],
    ),
    (
        "She underwent left mastectomy. The specimen held a tumour of 22 mm; 5 of 22 axillary nodes were positive.",
        [("breast", "left", (22,)), ("axillary lymph node", None, ())],
    ),
    ("She underwent left mastectomy: 0 of 12 axillary nodes were positive.", []),
    (
        "Chest CT revealed a mass measuring 4.2 x 3.1 cm in the right upper lobe.",
        [("lung upper lobe", "right", (42, 31))],
    ),
    (
        "CT of the chest, abdomen and pelvis showed a 2.0 cm liver metastasis.",
        [("liver", None, (20,))],
    ),
    (
        "CT abdomen/pelvis revealed a 14.2 x 11.0 cm heterogeneous left adrenal mass.",
        [("adrenal gland", "left", (142, 110))],
    ),
    (
        "Brain MRI demonstrated an enhancing lesion of 12 mm.",
        [("brain", None, (12,))],
    ),
    (
        "Lesions in hepatic segments II and V measured 2.1 and 3.5 cm, respectively.",
        [("liver segment ii", None, (21,)), ("liver segment v", None, (35,))],
    ),
    (
        "CT showed two nodules of 8 and 12 mm in the left lower lobe.",
        [("lung lower lobe", "left", (8,)), ("lung lower lobe", "left", (12,))],
    ),
    (
        "Ultrasound revealed a tumor, 35 mm in diameter, in the right lobe of the thyroid.",
        [("thyroid", "right", (35,))],
    ),
    (
        "CT: lymph node para-aortic 2,8 cm.",
        [("para-aortic lymph node", None, (28,))],
    ),
    (
        "CT in May 2019: two liver mets, 22 mm (S8) and 15 mm (S2).",
        [("liver segment viii", None, (22,)), ("liver segment ii", None, (15,))],
    ),
    (
        "CT in May 2019: 18 x 14 cm retroperitoneal mass, displacing the kidney.",
        [("retroperitoneum", None, (180, 140))],
    ),
    (
        "In May 2019 there were lung metastases. MRI: local relapse 45 mm psoas.",
        [("lung", None, ()), ("psoas muscle", None, (45,))],
    ),
    (
        "MRI in May 2019 suggested a 6.1 x 4.0 cm inhomogeneous mass in the left psoas muscle.",
        [("psoas muscle", "left", (61, 40))],
    ),
    ("The surgeon suggested a margin of 3 cm around the psoas.", []),
    (
        "MRI brain 5/4/19: 2.1 cm R occipital mass, 0.8 cm L cerebellar.",
        [("occipital lobe", "right", (21,)), ("cerebellum", "left", (8,))],
    ),
    (
        "CT 5/4/19: adrenal 2.1 cm, liver 0.8 cm.",
        [("adrenal gland", None, (21,)), ("liver", None, (8,))],
    ),
    ("CT 5/4/19: multiple metastases, largest 19 mm left lower lobe.", [("lung lower lobe", "left", (19,))]),
    (
        "A mass of the right rectus abdominis was felt.\n- US 14/05/19: 31 mm.\n- MRI 20/5/19 : 33 x 20 mm.",
        [("rectus abdominis muscle", "right", (31,)), ("rectus abdominis muscle", "right", (33, 20))],
    ),
    (
        "CT in May 2019 showed a 14 mm right hilar lymph node. CT in July 2019: hilar 9 mm.",
        [("hilar lymph node", "right", (14,)), ("hilar lymph node", "right", (9,))],
    ),
    (
        "Brain MRI in May 2019 showed a 17-mm lesion with faint oedema in the left occipital lobe.",
        [("occipital lobe", "left", (17,))],
    ),
    ("Colonoscopy in May 2019 showed a rectal tumour 6-10 cm from the anal verge.", []),
    (
        "Left nephrectomy was done in May 2019: pT2 (7.4 cm), margins clear.",
        [("kidney", "left", (74,))],
    ),
    (
        "CT showed liver metastases in segments 3 (1.9 cm) and 7 (2.6 cm).",
        [("liver segment iii", None, (19,)), ("liver segment vii", None, (26,))],
    ),
    ("CT: recurrence in the left mandibular ramus 5.8 x 4.1 cm.", [("mandibular ramus", "left", (58, 41))]),
    # a place that no vocabulary knows is not that of the lesion told before
    (
        "CT showed liver metastases of 2 cm. There was a tumour of the left whatsit, measuring 4 cm.",
        [("liver", None, (20,))],
    ),
    ("Nodule of the right shin of 18 mm.", [("shin", "right", (18,))]),
    ("Swelling of the left hard palate of 18 mm.", [("hard palate", "left", (18,))]),
    (
        "MRI showed a liver lesion of 30 mm. MRI after surgery: residual 15 x 12 mm R of the whatsit.",
        [("liver", None, (30,))],
    ),
    (
        "MRI showed a lesion of 14 mm in the left cerebral peduncle. CT showed a liver lesion of 30 mm. The peduncular "
        "lesion was 6 mm.",
        [("cerebral peduncle", "left", (14,)), ("liver", None, (30,)), ("cerebral peduncle", "left", (6,))],
    ),
    ("There was an ulcerated lesion of the left occipital scalp of 3 cm.", [("scalp", "left", (30,))]),
    (
        "CT showed a node of 11 mm in the left axilla. The right pleural rind measured 14 mm.",
        [("axillary lymph node", "left", (11,)), ("pleura", "right", (14,))],
    ),
    (
        "The ulcer of the left thigh measured 6 x 4 cm. A node of 22 mm in the left groin was felt. In May the "
        "ulcer was reduced to 3 x 2 cm.",
        [
            ("thigh", "left", (60, 40)),
            ("inguinal lymph node", "left", (22,)),
            ("thigh", "left", (30, 20)),
        ],
    ),
    ("The tumour was resected with a margin of 4 mm.", []),
    ("CT showed no lung metastases.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_where_a_lesion_is_and_how_large(text, expected):
    assert lesions(text) == expected


NAMED_AGAIN = [
    (
        "CT in May 2019 showed a nodule of 14 mm in the right S8. In July 2019 the S8 nodule was 9 mm.",
        [("lung segment s8", "right", (14,)), ("lung segment s8", "right", (9,))],
    ),
    (
        "CT in May 2019 showed a metastasis of 14 mm in segment 7 of the liver. In July 2019 S7 lesion 9 mm.",
        [("liver segment vii", None, (14,)), ("liver segment vii", None, (9,))],
    ),
    ("CT in May 2019: mets seg 4a 12 mm.", [("liver segment iv", None, (12,))]),
    (
        "MRI showed a lesion of 14 mm in the left cerebellar peduncle. In July 2019 the cerebellar lesion was 9 mm.",
        [("cerebellar peduncle", "left", (14,)), ("cerebellar peduncle", "left", (9,))],
    ),
    (
        "MRI showed a lesion of 14 mm in the left cerebellar peduncle. In July 2019 a new cerebellar lesion of 9 mm.",
        [("cerebellar peduncle", "left", (14,)), ("cerebellum", None, (9,))],
    ),
    (
        "CT in May 2019 showed osteolytic lesions in L2 and the left ilium.",
        [("l2 vertebra", None, ()), ("ilium", "left", ())],
    ),
    ("MRI showed a mass hyperintense on T2, measuring 41 mm.", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED_AGAIN)
def test_a_segment_is_of_the_organ_that_the_story_means(text, expected):
    assert lesions(text) == expected


NOTED = [
    (
        "CT 12/05/2019: psoas 7.1 x 4.0 cm, mesenteric 3.2, iliac 2.4.",
        [("psoas muscle", None, (71, 40)), ("mesentery", None, (32,)), ("ilium", None, (24,))],
    ),
    (
        "CT 12/05/2019: RUL nodule 31 mm, left adrenal 19.",
        [("lung upper lobe", "right", (31,)), ("adrenal gland", "left", (19,))],
    ),
    ("CT 12/05/2019: liver 3 lesions, lungs clear.", []),
    ("CT 12/05/2019: RUL nodule 31 mm; CEA 19.", [("lung upper lobe", "right", (31,))]),
    (
        "CT in May 2019: LLL mass 44 mm. CT in July 2019: stable (44 -> 41).",
        [("lung lower lobe", "left", (44,)), ("lung lower lobe", "left", (41,))],
    ),
    (
        "CT in May 2019: LLL mass 44 mm. CT in July 2019: stable (CEA 30 -> 28).",
        [("lung lower lobe", "left", (44,))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NOTED)
def test_a_figure_without_a_unit_is_read_as_its_neighbours_are(text, expected):
    assert lesions(text) == expected


def test_an_uptake_without_its_name_follows_one_that_has_it():
    found = read(
        Document(
            name="row", text=PATIENT + "PET: right femur SUVmax 9.1; left tibia 6.2; liver unremarkable."
        )
    ).of(Lesion)
    assert [(f.site, f.laterality, f.suv_max) for f in found] == [
        ("femur", "right", 9.1),
        ("tibia", "left", 6.2),
    ]


def test_a_side_behind_a_size_is_that_of_its_lesion():
    told = "MRI of the orbits showed two orbital masses, 22 x 16 mm on the right and 19 mm (left)."
    assert lesions(told) == [("orbit", "right", (22, 16)), ("orbit", "left", (19,))]


def test_many_lesions_whose_largest_is_measured_are_told_once():
    told = "CT disclosed multiple nodules in both lungs, the largest of which was 13 mm, in the right lower lobe."
    assert lesions(told) == [("lung lower lobe", "right", (13,))]


GONE = [
    (
        "In June 2020 the scan was negative for fever, the nodule had disappeared.",
        [("adrenal gland", "absent")],
    ),
    ("In June 2020 the left adrenal nodule (6 mm) had resolved.", [("adrenal gland", "absent")]),
    ("CT in June 2020: adrenal normal size.", [("adrenal gland", "absent")]),
    ("CT in June 2020: kidneys normal.", []),
    ("In June 2020 the adrenal nodule had not resolved.", []),
    (
        "In June 2020 the adrenal nodule was 5 mm, and in July 2020 it was no longer individualised.",
        [("adrenal gland", "present"), ("adrenal gland", "absent")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), GONE)
def test_a_known_lesion_is_gone_where_the_words_say_so(text, expected):
    told = PATIENT + "CT showed a nodule of 6 mm in the left adrenal gland. " + text
    found = read(Document(name="row", text=told)).of(Lesion)[1:]
    assert [(f.site, f.state) for f in found] == expected


def test_several_lesions_of_an_organ_that_are_gone_are_each_where_they_were():
    told = (
        "MRI showed lesions of 7 mm in the left frontal lobe and of 9 mm in the right cerebellum. "
        "In June 2020 both brain lesions had resolved."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Lesion)
    assert [(f.site, f.laterality) for f in found if f.state == "absent"] == [
        ("frontal lobe", "left"),
        ("cerebellum", "right"),
    ]


def test_an_uptake_beside_a_size_is_that_of_the_same_lesion():
    found = read(
        Document(name="row", text=PATIENT + "PET/CT: left cervical node 6.3 x 4.8 cm, SUVmax 24.1.")
    ).of(Lesion)
    assert [(f.diameters_mm, f.suv_max) for f in found] == [((63, 48), 24.1)]


def test_metastases_of_listed_organs_are_one_lesion_each():
    assert lesions("In May 2020 CT showed lung, liver and bone metastases.") == [
        ("lung", None, ()),
        ("liver", None, ()),
        ("bone", None, ()),
    ]


def test_the_part_says_more_than_the_tissue():
    assert lesions("CT revealed bone metastases in the thoracic vertebrae.") == [("thoracic spine", None, ())]


def test_a_size_without_a_noun_is_of_what_the_same_examination_measured():
    told = (
        "MRI showed a mass of 94 mm in the right femur. CT showed a nodule of 6 mm in the left "
        "lung.\n\nMRI 81 x 52 mm."
    )
    assert lesions(told)[-1] == ("femur", "right", (81, 52))


def test_new_lesions_that_are_counted_are_where_the_story_last_was():
    told = "CT showed a nodule of 6 mm in the lung. In June 2020 CT showed 6 new lesions."
    assert lesions(told)[-1] == ("lung", None, ())


def test_metastases_taken_out_are_no_new_finding():
    told = (
        "CT showed a lesion of 2 cm in the liver. In May 2020 he underwent resection of both lung metastases."
    )
    assert lesions(told) == [("liver", None, (20,))]


def test_a_lesion_no_longer_seen_is_absent():
    told = (
        "CT showed a nodule of 6 mm in the left adrenal gland. In June 2020 the adrenal nodule "
        "was no longer detectable."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Lesion)
    assert [(f.site, f.laterality, f.state) for f in found][-1] == ("adrenal gland", "left", "absent")


def test_a_former_size_is_told_before_the_new_one_where_it_is_not_known():
    found = read(
        Document(
            name="row", text=PATIENT + "CT showed that the liver lesion had decreased from 38 mm to 17 mm."
        )
    )
    assert {f.diameters_mm for f in found.of(Lesion)} == {(17.0,), (38.0,)}


def test_what_other_lesions_did_is_not_said_of_the_one_measured():
    text = (
        "CT in May 2019 showed a 21 mm nodule in the right lower lobe and a 15 mm nodule in the liver. In July 2019 "
        "the right lower lobe nodule was 8 mm and other liver lesions had disappeared."
    )
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [f.site for f in found if f.state == "absent"] == ["liver"]


FROM_MARCH = [
    # the name of the patient's cancer is no place of a mass told elsewhere
    ("The patient with breast cancer had a 31 mm mass in the left groin.", [("groin", "left", (31,))]),
    ("CT: S4 lesion 38 -> 22 mm, S7 lesion 25 x 20 -> 14 x 10 mm.", [
        ("liver segment iv", None, (22,)), ("liver segment vii", None, (14, 10))]),
    ("He came back in June 2020 with a mass measuring 20 x 15 cm over the popliteal fossa.", [
        ("popliteal fossa", None, (200, 150))]),
    ("CT showed a mass of 3 cm on the back.", [("back", None, (30,))]),
    ("The lung nodules progressed (from 8 mm to 15 mm) in November 2019.", [
        ("lung", None, (8,)), ("lung", None, (15,))]),
    ("CT in 2019 showed a cyst of the pancreatic tail (25 mm). MRI showed growth to 3.8 cm by 2021.", [
        ("pancreatic tail", None, (25,)), ("pancreatic tail", None, (38,))]),
    ("CT in May 2019 showed a nodule in the thyroid. By June 2020 it had reached 9 x 7 cm.", [
        ("thyroid", None, (90, 70))]),
    # the side may stand behind the noun
    ("MRI showed a 27 mm cerebellar metastasis on the left.", [("cerebellum", "left", (27,))]),
    ("CT showed pulmonary nodules up to 9 mm in both lungs.", [("lung", "bilateral", (9,))]),
    ("MRI showed a 27 mm cerebellar metastasis and a kidney cyst on the left.", [("cerebellum", None, (27,))]),
    # nodes along the vessels
    ("PET showed two pelvic nodes (9 mm; 6 mm right internal iliac).", [
        ("pelvic lymph node", None, (9,)), ("iliac lymph node", "right", (6,))]),
    # nodes that imaging finds
    ("CT revealed mediastinal lymphadenopathy.", [("mediastinal lymph node", None, ())]),
    ("PET/CT showed FDG-avid right inguinal lymph nodes and swelling of para-aortic lymph nodes.", [
        ("inguinal lymph node", "right", ()), ("para-aortic lymph node", None, ())]),
    ("CT showed reactive mediastinal lymphadenopathy.", []),
    ("CT showed no mediastinal lymphadenopathy.", []),
    ("CT revealed lymphadenopathy.", []),
    # a vertebra has no side
    ("PET showed uptake in the left femur, T8 and the right iliac wing.", [
        ("femur", "left", ()), ("t8 vertebra", None, ()), ("iliac wing", "right", ())]),
    ("The child was lost to follow-up.", []),
    # sizes in brackets, each before its place or behind its side
    ("CT showed three lung nodules (12 mm RUL, 9 mm RLL and 7 mm LLL).", [
        ("lung upper lobe", "right", (12,)), ("lung lower lobe", "right", (9,)), ("lung lower lobe", "left", (7,))]),
    ("CT showed bilateral adrenal nodules (right 18 mm, left 11 mm).", [
        ("adrenal gland", "right", (18,)), ("adrenal gland", "left", (11,))]),
    ("CT showed a lung nodule of 9 mm and a 23 mm lesion in segment 7.", [
        ("lung", None, (9,)), ("liver segment vii", None, (23,))]),
    ("CT showed multiple enlarged lymph nodes in the mediastinum.", [("mediastinal lymph node", None, ())]),
    ("CT showed multiple nodes above and below the diaphragm (max. 55 mm left axilla).", [
        ("axilla", "left", (55,))]),
    ("Ewing sarcoma of the left iliac bone with a soft tissue component of 11 x 8 cm was found.", [
        ("iliac bone", "left", (110, 80))]),
    ("Trachelectomy in June 2019: cervical tumour 19 mm.", [("cervix", None, (19,))]),
    ("CT showed that both brain lesions of up to 9 mm were new.", [("brain", None, (9,))]),
    # sizes listed before their place, and places listed before their sizes
    ("CT showed two nodules of 11 mm and 7 mm in the left lower lobe.", [
        ("lung lower lobe", "left", (11,)), ("lung lower lobe", "left", (7,))]),
    ("MRI showed metastases in liver segments II and VII with diameters of 14 and 22 mm.", [
        ("liver segment ii", None, (14,)), ("liver segment vii", None, (22,))]),
    ("MRI showed metastases in liver segments II and VII, and a cyst of 14 mm.", [("liver segment vii", None, (14,))]),
    ("Exam revealed a firm 3 x 2 cm lymph node at left level IV.", [("cervical lymph node", "left", (30, 20))]),
    ("Exam revealed a firm 3 x 2 cm lymph node at the level of the hip.", [("lymph node", None, (30, 20))]),
    ("MRI showed a suprasellar lesion, 25 x 22 x 20 mm.", [("suprasellar region", None, (25, 22, 20))]),
    ("PET showed new bone metastases in the sternum (SUVmax 4.4), T8 (SUVmax 3.1) and the left acetabulum.", [
        ("sternum", None, ()), ("acetabulum", "left", ()), ("t8 vertebra", None, ())]),
    ("New bone lesions had appeared in T8 and the right iliac wing.", [
        ("t8 vertebra", None, ()), ("iliac wing", "right", ())]),
    ("There was involvement of cervical, axillary and retroperitoneal lymph nodes.", [
        ("cervical lymph node", None, ()), ("axillary lymph node", None, ()),
        ("retroperitoneal lymph node", None, ())]),
    ("Exam showed a mass of 7 cm in the left breast and an axillary node of 2 cm. Mastectomy in June 2019 revealed"
     " residual carcinoma of 9 mm.", [
        ("breast", "left", (70,)), ("axillary lymph node", None, (20,)), ("breast", "left", (9,))]),
    ("The vulva had a nodule. Wide excision in June 2019 showed a 22 mm melanoma.", [("vulva", None, (22,))]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FROM_MARCH)
def test_lesions_as_reports_word_them(text, expected):
    assert lesions(text) == expected


def test_an_uptake_in_brackets_behind_the_site_is_that_of_the_size_before_it():
    text = "PET/CT revealed a 7 mm nodule of the left lower lobe (SUVmax 2.1) and a 12 mm focus in the rib, SUVmax 8."
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [(f.site, f.diameters_mm, f.suv_max) for f in found] == [
        ("lung lower lobe", (7,), 2.1),
        ("rib", (12,), 8),
    ]


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("Biopsy showed multiple bone metastases of HER2-positive breast cancer.", ["bone"]),
        ("CT showed liver metastases from renal cell carcinoma.", ["liver"]),
        ("Biopsy showed a metastasis of breast cancer.", []),
        ("Scintigraphy showed uptake at the primary site without any bony uptake.", []),
        ("PET showed metastatic uptake in the liver and no uptake in the spleen.", ["liver"]),
    ],
)
def test_a_metastasis_is_where_it_is_and_not_where_it_came_from(text, sites):
    assert [site for site, _, _ in lesions(text)] == sites


def test_what_is_gone_is_a_lesion_and_no_plane_of_fat():
    told = "MRI showed a mass of 31 mm in the pancreas. The fat plane at the border with the pancreas had disappeared."
    assert lesions(told) == [("pancreas", None, (31.0,))]
    told = "MRI showed a mass of 31 mm in the pancreas. In May 2020 the mass of the pancreas had disappeared."
    assert [size for _, _, size in lesions(told)] == [(31.0,), ()]


@pytest.mark.parametrize(
    "beside", ["dorsal to the colon", "ventral to the left kidney", "caudal to the liver"]
)
def test_what_lies_beside_a_mass_is_not_where_it_is(beside):
    told = f"CT showed a retroperitoneal mass {beside}. The mass was 52 mm in size."
    assert [site for site, _, size in lesions(told) if size] == ["retroperitoneum"]


def test_dissected_nodes_are_not_the_tumour_measured_behind_them():
    told = (
        "He underwent distal gastrectomy with lymph node dissection, and the pathological diagnosis was Type 2, "
        "46 × 38 mm, pT3."
    )
    assert [site for site, _, size in lesions(told) if size] == ["stomach"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CT showed metastases of the hepatic and nodal kind. PET in May 2020 showed complete resolution of the "
            "hepatic and nodal metastases.",
            ["liver", "lymph node"],
        ),
        ("PET showed enlarged hepatic and mediastinal lymph nodes.", []),
    ],
)
def test_an_organ_beside_nodal_spread_is_no_node(text, expected):
    gone = [
        fact for fact in read(Document(name="row", text=PATIENT + text)).of(Lesion) if fact.state == "absent"
    ]
    assert [fact.site for fact in gone] == expected


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("A mass of 52 mm with a smooth surface and many vessels was found in the left kidney.", ["kidney"]),
        (
            "The biopsy was positive for a 4 mm focus of melanoma in the subcapsular part of an axillary node.",
            ["axillary lymph node"],
        ),
        ("MRI showed enhancing lesions in the cerebellum.", ["cerebellum"]),
        ("MRI showed an enhancing lesion.", []),
        ("CT showed several enlarged retroperitoneal lymph nodes (LNs).", ["retroperitoneal lymph node"]),
        ("CT showed multiple bone lesions affecting the femur and the sacrum.", ["femur", "sacrum"]),
    ],
)
def test_a_place_told_behind_a_finding_is_where_it_is(text, sites):
    assert [site for site, _, _ in lesions(text)] == sites


def test_what_the_last_imaging_showed_is_of_that_imaging():
    told = (
        "Gastroscopy showed an ulcer of 40 mm in the stomach. CT showed thickening of the wall. In addition, there "
        "were liver metastases of 100 mm."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Lesion)
    assert [(fact.site, fact.modality) for fact in found] == [("stomach", "endoscopy"), ("liver", "CT")]


def test_the_primary_is_in_the_organ_of_the_diagnosis_where_only_its_metastases_were_told():
    told = (
        "He was diagnosed with gastric adenocarcinoma and liver metastases. Imatinib was given. In May 2020 the "
        "primary was no longer detectable."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Lesion)
    assert [fact.site for fact in found if fact.state == "absent"] == ["stomach"]


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        (
            "CT showed a tumour measuring 15 mm with enhancement and two suspicious lymph nodes on the left side of "
            "the neck of 17 and 26 mm.",
            ["cervical lymph node", "cervical lymph node"],
        ),
        (
            "CT showed a tumour measuring 15 mm with enhancement close to the aorta in the mediastinum.",
            ["mediastinum"],
        ),
    ],
)
def test_the_place_of_the_next_thing_is_not_that_of_a_size(text, sites):
    assert [site for site, _, _ in lesions(text)][-len(sites) :] == sites


def test_what_was_called_a_cancer_of_a_place_is_there():
    text = "We present a 43-year-old man with a cancer of the tongue. CT showed a primary tumour measuring 15 × 10 mm."
    assert [site for site, _, _ in lesions(text, start="")] == ["tongue"]


def test_a_tumour_located_at_a_place_is_there_when_it_is_measured():
    text = (
        "An 81-year-old man came with jaundice. CT showed a protruded tumor located at the hepatic hilum. He was "
        "diagnosed with hilar carcinoma. The tumor increased in size from 23 to 45 mm."
    )
    assert [(site, sizes) for site, _, sizes in lesions(text, start="")] == [
        ("porta hepatis", (23.0,)),
        ("porta hepatis", (45.0,)),
    ]


def test_the_side_of_what_is_invaded_is_not_that_of_what_invades():
    text = "CT showed invasion of the right hepatic artery by lymph node metastasis."
    assert [(site, side) for site, side, _ in lesions(text)] == [("lymph node", None)]


def test_the_side_of_an_operation_is_not_that_of_what_is_found_later():
    text = "CT four years after the right adrenalectomy revealed liver metastasis."
    assert [(site, side) for site, side, _ in lesions(text)] == [("liver", None)]


def test_sizes_told_before_their_places_are_theirs_in_turn():
    text = "CT showed masses of 27 and 36 mm in the liver and spleen, respectively."
    assert lesions(text) == [("liver", None, (27,)), ("spleen", None, (36,))]


def test_a_node_with_size_and_uptake_is_one_lesion():
    text = "PET showed that a left axillary lymph node of 14 mm had an SUVmax of 6.3."
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [(f.diameters_mm, f.suv_max) for f in found] == [((14,), 6.3)]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Neither the breast mass nor the axillary node could be seen.", ["breast", "axillary lymph node"]),
        ("Neither the liver lesion nor the splenic nodule was visible any more.", ["liver", "spleen"]),
        ("Neither pain in the breast nor nausea was present.", []),
        ("Neither the liver nor the spleen was examined.", []),
    ],
)
def test_neither_of_two_lesions_is_there(text, gone):
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [f.site for f in found if f.state == "absent"] == gone


SEEN_AGAIN = [
    # a bare size is that of the lesion which the same kind of examination measured before
    "CT on 20 June 2019: 28 mm.",
    "CT on 20 June 2019 showed a decrease to 28 mm.",
    "At CT in June 2019 the lesion was 28 mm.",
    "The follow-up CT in June 2019 showed stable disease (28 mm).",
]


@pytest.mark.parametrize("text", SEEN_AGAIN)
def test_a_bare_size_is_of_what_this_examination_has_measured(text):
    told = (
        "CT on 10 March 2019 showed a 42 mm mass in the left upper lobe. MRI on 12 March 2019 showed a 15 mm brain"
        " metastasis. "
    )
    assert lesions(told + text)[2:] == [("lung upper lobe", "left", (28,))]


def test_a_new_lesion_is_not_the_one_measured_before():
    told = (
        "CT on 10 March 2019 showed a 42 mm mass in the left upper lobe. MRI on 12 March 2019 showed a 15 mm brain"
        " metastasis. MRI on 20 June 2019 showed a new metastasis of 4 mm."
    )
    assert lesions(told)[2:] == [("brain", None, (4,))]


SPREAD_VERBS = [
    (
        "In June 2021 the tumour had metastasized to the liver and lungs.",
        [("liver", None, ()), ("lung", None, ())],
    ),
    ("The disease metastasised to the brain in May 2022.", [("brain", None, ())]),
    ("By June 2021 the cancer had spread to the left adrenal gland.", [("adrenal gland", "left", ())]),
    ("In July 2022 the disease recurred in the left kidney.", [("kidney", "left", ())]),
    ("In July 2022 it had not metastasised to the brain.", []),
    ("The pain spread to the left shoulder.", []),
]


@pytest.mark.parametrize(("text", "expected"), SPREAD_VERBS)
def test_verbs_tell_of_spread(text, expected):
    assert lesions(text) == expected


def test_inches_are_a_length():
    # 3 inches are 76.2 mm
    assert lesions("On examination a 3-inch mass was found in the left thigh.") == [
        ("thigh", "left", (76.2,))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mass measured 41 mm and the liver metastases were unchanged.", []),
        (
            "The primary had shrunk from 52 to 21 mm, with resolution of the liver lesions.",
            [("liver", None, ())],
        ),
        (
            "CT showed a mass of 50 mm, multiple lung nodules and enlarged axillary nodes.",
            [("lung", None, ()), ("axillary lymph node", None, ())],
        ),
        (
            "CT showed a mass of 50 mm in the liver and lung nodules.",
            [("liver", None, (50,)), ("lung", None, ())],
        ),
    ],
)
def test_a_size_without_a_place_is_not_at_that_of_the_next_thing(text, expected):
    assert lesions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CT showed a mass of the stomach of 95 mm with two hepatic lesions (segments II and VII; 18 and 25 mm).",
            [("stomach", None, (95,)), ("liver segment ii", None, (18,)), ("liver segment vii", None, (25,))],
        ),
        (
            "CT showed a mass of the stomach of 95 mm and nodules in the liver and spleen of 18 and 25 mm.",
            [("stomach", None, (95,)), ("liver", None, (18,)), ("spleen", None, (25,))],
        ),
        (
            "Ultrasound showed a lesion of 28 mm in the pancreatic tail with a main pancreatic duct of 5 mm.",
            [("pancreatic tail", None, (28,))],
        ),
    ],
)
def test_sites_listed_before_sizes_are_theirs_and_ducts_are_no_lesions(text, expected):
    assert lesions(text) == expected


def test_the_uptake_of_the_primary_is_not_that_of_the_node_told_next():
    text = "PET showed uptake in the primary (SUVmax 12.1) and in a left supraclavicular node (SUVmax 7.9)."
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [(f.site, f.suv_max) for f in found] == [("supraclavicular lymph node", 7.9)]


def test_what_was_resolved_before_does_not_hide_the_lesion_that_is_gone():
    text = "The pleural effusion resolved and the lung mass was no longer detectable."
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [(f.site, f.state) for f in found] == [("lung", "absent")]


@pytest.mark.parametrize(
    "text",
    [
        "CT showed bilateral adrenal masses (R 3.1, L 2.7 cm).",
        "CT showed adrenal masses (right 31 mm, left 27 mm).",
        "CT showed adrenal masses (right 31 and left 27 mm).",
    ],
)
def test_each_side_before_a_size_is_that_of_its_own_lesion(text):
    assert lesions(text) == [("adrenal gland", "right", (31,)), ("adrenal gland", "left", (27,))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Excision showed a 2.8-mm-thick melanoma of the back.", []),
        ("MRI showed a left thalamic mass of 48 mm.", [("thalamus", "left", (48,))]),
        ("MRI showed a mass of the corpus callosum of 48 mm.", [("corpus callosum", None, (48,))]),
    ],
)
def test_a_thickness_is_no_lesion_and_the_thalamus_no_basal_ganglion(text, expected):
    assert lesions(text) == expected


def test_each_entry_of_a_list_has_the_place_that_heads_it():
    listed = "CT in June 2019 showed a relapse (segment 6, 4.1 cm; segment 7, 2.2 cm; right adrenal, 12 mm)."
    assert [(site, size) for site, _, size in lesions(listed)] == [
        ("liver segment vi", (41.0,)),
        ("liver segment vii", (22.0,)),
        ("adrenal gland", (12.0,)),
    ]


def test_what_an_operation_spares_is_no_place_of_a_lesion():
    text = "She had a sarcoma of the left thigh. Limb-sparing resection in June 2019 showed a 4 cm nodule."
    assert lesions(text)[-1][:3] == ("thigh", "left", (40.0,))


def test_the_last_region_examined_is_where_a_new_lesion_lies():
    text = "In August 2019 CT of the chest was clear but MRI of the pelvis showed a new nodule of 2 cm."
    assert lesions(text)[-1][:3] == ("pelvis", None, (20.0,))


def test_an_involvement_beside_vessels_is_how_far_a_tumour_reaches():
    text = "Laparotomy revealed tumour involvement of the duodenum, the superior mesenteric vein and the vena cava."
    assert lesions("She had a retroperitoneal sarcoma in May 2019. " + text) == []


def test_a_high_grade_tumour_of_a_size_has_no_height():
    text = "She underwent resection of a retroperitoneal sarcoma in 2019. "
    assert lesions(text + "Pathologic evaluation demonstrated a 25 cm high-grade liposarcoma.") == [
        ("retroperitoneum", None, (250.0,))
    ]


def test_a_former_size_that_was_not_told_is_told_with_the_change():
    text = "In August 2019 the liver mass decreased from 5.0 to 2.3 cm."
    found = read(Document(name="row", text=PATIENT + text)).of(Lesion)
    assert [(f.diameters_mm, None if f.when is None else str(f.when)) for f in found] == [
        ((50.0,), None),
        ((23.0,), "2019-08"),
    ]


def test_a_former_size_that_was_told_is_told_once():
    text = "CT in May 2019 showed a liver mass of 5.0 cm. In August 2019 the liver mass decreased from 5.0 to 2.3 cm."
    assert [size for *_, size in lesions(text)] == [(50.0,), (23.0,)]


def test_a_disease_of_an_organ_that_resolved_is_no_lesion_gone():
    text = (
        "Crizotinib was begun in July 2019 and stopped for grade 4 interstitial lung disease, which resolved."
    )
    assert lesions(text) == []


def test_an_endoscopy_says_where_a_tumour_is_that_nothing_else_places():
    text = "A 67-year-old man had haematuria in May 2020. Cystoscopy showed a 3.5-cm tumour of the dome."
    assert lesions(text, start="") == [("bladder", None, (35.0,))]


def test_lengths_told_in_turn_count_from_the_same_day():
    text = (
        "A girl presented in February 2019 with a mass in the thigh. Larotrectinib was begun in April 2019. MRI after 1"
        " month: 3 cm; after 4 months: residual 1.2 cm."
    )
    found = read(Document(name="row", text=text)).of(Lesion)
    assert [(f.diameters_mm, str(f.when)) for f in found] == [((30.0,), "2019-05"), ((12.0,), "2019-08")]
