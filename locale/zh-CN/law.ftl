# 法律室：机关、机构类型、行为种类、严重程度、期限、错误。名称与 complaints/law/data 一致。

# 收件机关
law-agency-PSB_110 = 110报警（接警）
law-agency-PSB_STATION = 公安派出所（治安案件）
law-agency-PSB_CRIM = 公安机关刑侦/网安/经侦（刑事报案、控告）
law-agency-PROC = 人民检察院（立案监督）12309
law-agency-LENDER = 放贷机构自身（客服/消保部门）
law-agency-NFRA_LOCAL = 国家金融监督管理总局××监管局/监管分局/支局（举报、投诉转送）12378
law-agency-LOCAL_FIN = 地方金融管理局（省、市）
law-agency-NIFA = 中国互联网金融协会 互联网金融举报信息平台（jubao.nifa.org.cn）
law-agency-PBOC = 中国人民银行分支机构（12363）
law-agency-CAC = 网信部门（12377，个人信息投诉举报）
law-agency-R12321 = 12321网络不良与垃圾信息举报受理中心
law-agency-TELECOM = 基础电信企业客服 → 电信用户申诉受理中心（12300/通信管理局）
law-agency-H12345 = 12345政务服务便民热线
law-agency-SAMR = 市场监督管理部门（12315）
law-agency-JUSTICE = 司法局（冒充律师、公证）
law-agency-COURT = 人民法院（民事侵权、人格权禁令、自诉）
law-agency-MEDIATE = 金融纠纷调解组织/人民调解委员会
law-agency-PLATFORM = 网络平台（删除、断链通知）

# 放贷机构类型
law-lender-type-bank = 商业银行贷款
law-lender-type-bank_credit_card = 银行信用卡
law-lender-type-consumer_finance_company = 消费金融公司
law-lender-type-trust = 信托公司
law-lender-type-auto_finance = 汽车金融公司
law-lender-type-loan_facilitation_of_licensed = 助贷平台（放款方为持牌机构）
law-lender-type-microloan_company = 小额贷款公司（含网络小贷）
law-lender-type-financing_guarantee = 融资担保公司
law-lender-type-pawn = 典当、融资租赁、商业保理等地方金融组织
law-lender-type-local_amc = 地方资产管理公司
law-lender-type-unlicensed_platform = 无牌照网贷/714高炮
law-lender-type-private_lender = 个人或职业放贷人
law-lender-type-unknown = 不清楚

# 怎样找到放贷机构全称
law-lender-name-1 = 2026-08-01后的贷款：看“综合融资成本明示表”
law-lender-name-2 = 借款合同首页/借据的“贷款人”
law-lender-name-3 = 放款短信和银行流水的付款方户名
law-lender-name-4 = 征信报告的授信机构名称
law-lender-name-5 = App“关于我们/合作机构”页
law-lender-name-6 = 银行官网公布的助贷合作机构名单
law-lender-name-7 = 还款代扣协议的收款方
law-lender-name-8 = 债权转让通知（受让方才是现在的债权人）

# 行为种类
law-kind-THREAT = 威胁恐吓
law-kind-INSULT = 辱骂侮辱
law-kind-CONTACT_BLAST = 爆通讯录、骚扰第三人
law-kind-NON_DEBTOR_COLLECTION = 向非债务人催收
law-kind-HIGH_FREQUENCY = 频繁骚扰
law-kind-CALL_BOMBING = 呼死你/短信轰炸
law-kind-OFF_HOURS = 夜间等非常时段催收
law-kind-PRIVACY_DISCLOSURE = 泄露隐私、公开欠款
law-kind-IMPERSONATE_OFFICIAL = 冒充公检法、政府机关
law-kind-IMPERSONATE_LAWYER = 冒充律师、律所、调解中心
law-kind-FORGED_DOCUMENT = 伪造律师函、传票、裁判文书
law-kind-DOCTORED_IMAGE = P图、淫秽或侮辱性图像
law-kind-HOME_VISIT = 上门滋扰
law-kind-WORKPLACE_HARASSMENT = 骚扰单位、工作场所
law-kind-DEBT_MISREPRESENTATION = 虚构、夸大债务
law-kind-FALSE_CONSEQUENCE = 虚构法律后果
law-kind-EXCESSIVE_COST = 高利、砍头息、变相收费
law-kind-COERCED_REBORROWING = 逼迫借新还旧、以贷养贷
law-kind-ANONYMOUS_NUMBER = 匿名、虚拟、改号、私人号码
law-kind-NO_SELF_IDENTIFICATION = 不表明身份、不出示委托
law-kind-CONTACT_AFTER_REFUSAL = 拒绝、撤回授权、结清或投诉后仍联系
law-kind-FALSE_CREDIT_THREAT = 虚假征信、黑名单要挟
law-kind-EXTRA_FEES = 以催收名义另行收费
law-kind-ILLEGAL_DATA_ACQUISITION = 非法获取、买卖个人信息
law-kind-PERSONAL_RESTRAINT = 限制人身自由
law-kind-PHYSICAL_VIOLENCE = 殴打、毁损财物

# 严重程度
law-severity-1 = 违反行业规则
law-severity-2 = 违反监管规定或侵权
law-severity-3 = 涉嫌治安违法
law-severity-4 = 现实危险或涉嫌犯罪

# 访谈中的事实（答“是”才算）
law-fact-danger_now = 现在有人身危险吗
law-fact-debt_unlawful = 有没有非法放贷的事实：无牌照、砍头息、费用超过上限
law-fact-authority_warned_before = 公安、监管批评制止或处理后，对方还在继续吗
law-fact-info_items = 被泄露或被获取的个人信息有多少条
law-fact-still_online = 公开的内容现在还在网上吗
law-fact-document_is_lawyer_letter = 那份文书是律师函吗
law-fact-credit_report_wrong = 征信报告里有错误记录吗
law-fact-police_refused = 公安是否已决定不予立案
law-fact-wants = 您希望得到什么
law-fact-vulnerable_person = 被害人为未成年人、老年人、孕妇、残疾人、病人
law-fact-self_harm = 有自伤自杀的念头或后果（先看求助信息）
law-fact-continued_after_stop = 经制止后继续
law-fact-many_people_many_times = 多人、多次
law-fact-image_of_minor = 涉及未成年人图像
law-fact-entered_home = 对方是否未经同意进入了住宅，或进入后被要求离开却不走
law-fact-property_damaged = 有财物被损坏吗
law-fact-forgery_confirmed = 文书上的机关是否已答复该文书不是其发出

# 诉求
law-want-stop = 停止违规催收
law-want-apology = 书面道歉
law-want-compensation = 赔偿
law-want-repayment_plan = 协商还款方案
law-want-deletion = 删除信息

# 我们为每个机关准备到什么程度
law-depth-full = 我们生成完整文书
law-depth-short = 我们生成可粘贴的短文
law-depth-pointer = 我们告诉您去哪里、带什么

# 期限
law-alarm-A1 = 治安追究时效
law-alarm-A2 = 机构答复
law-alarm-A3 = 监管受理告知
law-alarm-A4 = 监管调查意见
law-alarm-A5 = 不予立案复议
law-alarm-A6 = 行政复议
law-alarm-A7 = 治安办案期限
law-alarm-A8 = 征信异议答复
law-alarm-A9 = 运营商答复
law-alarm-A10 = 信访途径告知
law-alarm-A11 = 对方录音可能被覆盖

# 规定的性质
law-level-law = 法律
law-level-judicial_interpretation = 司法解释
law-level-administrative_regulation = 行政法规
law-level-party_state_regulation = 党政机关规定
law-level-department_rule = 部门规章
law-level-normative_document = 规范性文件
law-level-normative_opinion = 司法规范性文件
law-level-national_standard_recommended = 推荐性国家标准（可供参考的行业规范）
law-level-self_regulation = 行业自律规范（可供参考的行业规范）
law-level-platform_rule = 举报平台规则（供参考）

# 对机构名称的提醒
law_lender_name_missing = 请填写放贷机构的法定全称。
law_lender_name_looks_like_app = 这像是App的名字，不像登记的机构名称。只写App名的材料通常会被退回，请对照清单查找全称。
law_lender_type_contradicts_name = 机构名称与所选的机构类型不一致，请再核对一次。

# 不写的话
law_never_stop_paying = 文书不能建议停止还款。
law_never_promise_reduction = 文书不能承诺减免。
law_never_name_calling = 请只写事实，不写抹黑的称呼。
law_never_standard_as_law = 推荐性标准和自律规范不能写成法律。
law_never_unverified_forgery = 没有核实的文书只能写“无法核实真实性”。

# 错误
law_data_broken = 法律资料有错误，暂时不能使用。
law_data_unreadable = 法律资料无法读取。
law_data_duplicate = 法律资料中有重复的条目。
law_data_unknown_reference = 法律资料引用了不存在的条目。
law_data_bad_date = 法律资料中的日期有误。
law_data_bad_level = 法律资料中的等级有误。
law_data_unquotable = 法律资料缺少可引用的原文。
law_data_untranslated = 法律资料缺少一种语言。
law_unknown_provision = 没有这个条文。
law_unknown_kind = 没有这个行为种类。
law_unknown_agency = 没有这个机关。
law_unknown_lender_type = 没有这个机构类型。
law_unknown_fact = 有一项回答无法识别。
law_no_kinds = 请至少选择一种行为。
law_severity_out_of_range = 严重程度超出了允许的范围。
