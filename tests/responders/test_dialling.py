from config.catalogue import load_catalogue
from responders.dialling import dial_all, dial_text

CATALOGUE = load_catalogue()
SHANDONG = CATALOGUE.agency("sd")


def test_a_local_number_gets_the_area_code_and_others_stay():
    assert dial_all(["81286770", "0531-81286770", "13900001234"], SHANDONG) == (
        "0531-81286770",
        "0531-81286770",
        "13900001234",
    )


def test_prose_gets_the_area_code_before_the_agencys_own_numbers_alone():
    prose = "电话81286763、81286743，传真（86198991），0531-81286770，20200331，919444279@qq.com，81286770@qq.com"
    assert dial_text(prose, SHANDONG) == (
        "电话0531-81286763、0531-81286743，传真（0531-86198991），0531-81286770，20200331，919444279@qq.com，81286770@qq.com"
    )


def test_appointment_telephones_are_the_agencys_own():
    assert dial_text("花园口39185571", CATALOGUE.agency("dl")) == "花园口0411-39185571"


def test_prose_that_has_area_codes_stays_as_it_is():
    agency = CATALOGUE.agency("dl")
    texts = [text for item in agency.items for text in (item.guidance, item.result, item.afterwards)]
    assert [dial_text(text, agency) for text in texts] == texts
