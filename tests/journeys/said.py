"""What people write on the day at the desk, in the languages in which it is read."""

VERSION = "5.6.3"
ERROR = "SF-2204 结算超时"
STOPPED = {"q-emg_reason": "stopped", "q-emg_what": "全院挂号都打不开", "q-callback": "13900000001"}
WE_RESTART = "挂号服务器停了，我们正在重启。"
REGISTRATION_IS_BACK = {
    "solving-cause": "挂号服务器的磁盘满了。",
    "solving-fix": "腾出了空间，挂号恢复了。",
    "solving-prevention": "磁盘快满时，我们会提前收到提醒。",
}
YESTERDAYS_WORDS = "等了两天才有人说清楚"
APOLOGY = "对不起，让您等了这么久。"
REPORT = {
    "q-product": "his",
    "q-version-confirm": f"={VERSION}",
    "q-module": "charge",
    "q-blocked": "workaround",
    "q-scope": "dept",
    "q-patient_now": "no",
    "q-data_risk": "no",
    "q-error_text": ERROR,
    "q-steps-1-did": "点「结算」",
    "q-steps-1-expected": "打印发票",
    "q-steps-1-saw": ERROR,
    "q-callback": "13900000001",
}
SEVERAL_REPORT = {
    "zh_Hans": "多家客户报告的问题",
    "zh_Hant": "多家客戶回報的問題",
    "en": "Problem reported by several customers",
}
NEWS = {
    "zh_Hans": "原因找到了：今天的版本结算时多等了一步。我们正在换回昨天的版本。",
    "zh_Hant": "原因找到了：今天的版本結算時多等了一步。我們正在換回昨天的版本。",
    "en": "We know why: today’s version waits once too often. We are going back to yesterday’s.",
}
FIX = {
    "zh_Hans": "已经换回昨天的版本，结算恢复正常。",
    "zh_Hant": "已經換回昨天的版本，結算恢復正常。",
    "en": "We went back to yesterday’s version. Bills are settled as before.",
}
SOLVED = {
    "cause_zh_Hans": "今天的版本结算时多等了一步。",
    "cause_zh_Hant": "今天的版本結算時多等了一步。",
    "cause_en": "Today’s version waited once too often when it settled a bill.",
    **{f"fix_{language}": words for language, words in FIX.items()},
    "prevention_zh_Hans": "新版本先在两家医院试一天，再给大家用。",
    "prevention_zh_Hant": "新版本先在兩家醫院試一天，再給大家用。",
    "prevention_en": "New versions are tried at two hospitals for a day before all others get them.",
}
