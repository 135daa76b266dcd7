"""What the members of the example club write, in both languages, by touchpoint and how content they are."""

from collections.abc import Mapping, Sequence

from warehouse.example.chance import Chance

_Lines = Mapping[str, Mapping[str, Sequence[str]]]

_ZH: _Lines = {
    "good": {
        "before": (
            "客服推荐得很准，没有硬推贵的。",
            "小程序里的规格写得很清楚，比较起来方便。",
            "到店试了几款，店员很有耐心。",
            "会员日活动提前通知，安排得很周到。",
            "咨询回复很快，晚上九点还有人答。",
        ),
        "during": (
            "结账快，积分当场就到账了。",
            "下单流程简单，优惠自动抵扣，不用自己算。",
            "店里人多，但排队有人引导，不乱。",
            "付款后马上收到确认短信，放心。",
            "包装很用心，送人也拿得出手。",
        ),
        "after": (
            "送货准时，师傅还帮忙搬到家里。",
            "换货只问了一句就办好了，省心。",
            "用了两周，跟介绍的一样，会回购。",
            "售后主动回访，这点很难得。",
            "积分换的礼品质量不错。",
        ),
    },
    "neutral": {
        "before": (
            "活动规则有点绕，看了两遍才明白。",
            "想要的颜色经常缺货。",
            "介绍得还行，就是价格没有优势。",
        ),
        "during": ("周末排队有点久。", "优惠券要自己找，不太方便。", "整体可以，停车不太方便。"),
        "after": (
            "比预计晚了一天，不过东西没问题。",
            "发票要另外申请，希望自动开。",
            "一般，没有特别的惊喜。",
        ),
    },
    "bad": {
        "before": (
            "在线客服答非所问，最后还是自己查的。",
            "页面写有货，到店却说没有。",
            "打电话问会员权益，两个人说法不一样。",
        ),
        "during": (
            "系统卡住，付了两次款才成功。",
            "店员态度冷淡，问话爱答不理。",
            "说好的会员价结账时没有了。",
        ),
        "after": ("退款等了十天还没到账。", "换货来回寄了两次，邮费还要自己出。", "投诉之后没有人联系我。"),
    },
    "patch": {
        "": (
            "年后这一单等了十二天才到，物流一直不更新。",
            "热线打了五次都占线，没有人管。",
            "包裹发错了仓库，客服说再等等，等了一周。",
            "东西送到时外箱已经破了，申请退货没人处理。",
            "以前很快的，换了仓库之后完全变了样。",
            "说三天送达，结果拖了两周，也没有人解释。",
            "退款申请一直显示处理中，电话又打不通。",
        )
    },
}

_EN: _Lines = {
    "good": {
        "before": (
            "Honest advice, nobody pushed the expensive one.",
            "Sizes and prices are easy to compare in the app.",
            "The staff let me try several and took their time.",
            "My question was answered within minutes, late in the evening.",
        ),
        "during": (
            "Quick checkout and the points were there at once.",
            "The discount was applied by itself. Nice.",
            "Busy shop, but well organised.",
            "Lovely wrapping, good enough for a present.",
        ),
        "after": (
            "Delivered on time, and the driver carried it upstairs.",
            "The exchange took one message. Very easy.",
            "Exactly as described, I will order again.",
            "They called to ask whether all was well. Rare.",
        ),
    },
    "neutral": {
        "before": ("The offer has too many conditions.", "Fine, but my size is often sold out."),
        "during": ("A long queue on Saturday.", "All right, though parking is a pain."),
        "after": ("A day late, but the goods are fine.", "Okay. I had to ask for the invoice twice."),
    },
    "bad": {
        "before": (
            "The chat did not understand my question at all.",
            "Shown as in stock, but the shop had none.",
        ),
        "during": (
            "The payment froze and I was charged twice.",
            "The member price was gone at the checkout.",
        ),
        "after": (
            "Ten days and still no refund.",
            "I complained and nobody came back to me.",
        ),
    },
    "patch": {
        "": (
            "Twelve days for a parcel that used to take two.",
            "Called the hotline five times, always engaged.",
            "Sent to the wrong depot, and then a week of silence.",
            "The box arrived crushed and my return request is stuck.",
            "Since the new warehouse everything is late.",
        )
    },
}


def comment(chance: Chance, language: str, overall: int, touchpoint: str, in_bad_patch: bool) -> str:
    """One sentence that fits the score 1-5; in the bad patch the unhappy write about what went wrong then."""
    lines = _ZH if language == "zh" else _EN
    if in_bad_patch and overall <= 3:
        return chance.one_of(lines["patch"][""])
    feeling = "good" if overall >= 4 else "neutral" if overall == 3 else "bad"
    return chance.one_of(lines[feeling][touchpoint])
