"""What was done to the fund of rewards."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "reward.decide": Text(vi="quyết định đề xuất thưởng đột xuất", en="decided on a proposed spot bonus"),
    "reward.enter": Text(vi="ghi một dòng vào sổ quỹ thưởng", en="entered a row into the ledger of rewards"),
    "reward.export": Text(vi="xuất danh sách chi, bằng tài khoản", en="exported a list of payments, with"),
    "reward.make_list": Text(vi="lập danh sách chi", en="made a list of payments"),
    "reward.pay": Text(vi="ghi chi danh sách", en="entered the payment of a list"),
    "reward.propose": Text(vi="đề xuất thưởng đột xuất", en="proposed a spot bonus"),
    "reward.refuse": Text(vi="không ký một dòng của sổ quỹ thưởng", en="refused a row of the ledger of rewards"),
    "reward.set_amount": Text(vi="ghi mức tiền của", en="reported an amount of"),
    "reward.set_earning": Text(vi="ghi lương để tính thưởng của", en="reported the pay of"),
    "reward.sign": Text(vi="ký một dòng của sổ quỹ thưởng", en="signed a row of the ledger of rewards"),
    "reward.withdraw_list": Text(vi="hủy danh sách chi", en="withdrew a list of payments"),
}
