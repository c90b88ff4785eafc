# 账号、登录、额度、同意。

account_error = 账号操作无法完成
quota_spent = 额度已用完
    .detail = { $which ->
        [bytes] 存储空间已满（已用 { $used } 字节，上限 { $limit } 字节）。
        [open_uploads] 同时进行的上传太多（{ $used } 个，上限 { $limit } 个）。请先完成或取消其中一些。
       *[packages] 今天生成的材料包已达上限（{ $limit } 个），请明天再试。
    }
passphrase_wrong = 这不是你账户的口令
recovery_refused = 用户名与恢复码不符，或恢复码已用过
    .detail = 请核对纸上的每一组字符。恢复码只能使用一次。
passphrase_refused = 这个口令太容易被猜到
    .detail = 请用至少 10 个字符，避开常见口令和与用户名相近的口令。
invitation_refused = 邀请码无效
    .detail = 邀请码不存在、已被使用或已过期。请向运行者索取新的邀请码。
second_factor_needed = 需要第二验证因素
    .detail = 工作人员须先设置动态验证码，并在本次登录中使用过，才能查看证据。
username_is_contact_data = 请不要用手机号、证件号或邮箱作用户名

role-borrower = 借款人
role-reviewer = 审阅人
role-approver = 批准人
role-auditor = 审计人
role-operator = 运行者
