namespace CourseShop.Common;

/// <summary>The section <c>Shop</c> of the settings.</summary>
public sealed class ShopOptions
{
    /// <summary>The shop's name as shoppers see it.</summary>
    public string Name { get; set; } = "课程商店";

    /// <summary>The address shoppers and Alipay use, such as <c>https://shop.example.com</c>. Required in Production; in Development the request's own address stands in.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Where the database, logs, media and mails live. Production requires an absolute path.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The study group named on the result page.</summary>
    public StudyGroupOptions StudyGroup { get; set; } = new();

    /// <summary>Proxies on other machines, as addresses or networks, that may say who the visitor is; those on this machine may anyway.</summary>
    public string[] Proxies { get; set; } = [];

    /// <summary>How long a server that is told to stop goes on answering, while it is not ready for new visitors.</summary>
    public TimeSpan StopDelay { get; set; }

    /// <summary>The ICP number in the footer; empty hides it.</summary>
    public string IcpNumber { get; set; } = "";
}

/// <summary>The section <c>Shop:StudyGroup</c>.</summary>
public sealed class StudyGroupOptions
{
    /// <summary>QQ group number; empty hides it.</summary>
    public string QqNumber { get; set; } = "";

    /// <summary>Path of a picture with the group's WeChat code, such as <c>/images/wechat.png</c>; empty hides it.</summary>
    public string WeChatQrCode { get; set; } = "";
}
