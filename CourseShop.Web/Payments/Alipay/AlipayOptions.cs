namespace CourseShop.Payments.Alipay;

/// <summary>Which Alipay the shop speaks with, and how it knows it.</summary>
public enum AlipayMode
{
    /// <summary>The shop's own simulator at its own address; Production refuses it.</summary>
    Simulator,

    /// <summary>The real gateway (or its sandbox) with Alipay's public key (公钥模式).</summary>
    PublicKey,

    /// <summary>The real gateway (or its sandbox) with certificates (公钥证书模式); transfers need it.</summary>
    Certificate,
}

/// <summary>How messages are signed. Fixed by the settings, never taken from a message: the field sign_type is not covered by a signature.</summary>
public enum AlipaySignType
{
    /// <summary>SHA-256 with RSA, keys of at least 2048 bits. What every app uses today.</summary>
    Rsa2,

    /// <summary>SHA-1 with RSA: only for apps that never moved on.</summary>
    Rsa,
}

/// <summary>The section <c>Alipay</c> of the settings.</summary>
public sealed class AlipayOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alipay";

    /// <summary>Simulator outside Production where nothing is set; Production has no default.</summary>
    public AlipayMode? Mode { get; set; }

    /// <summary>Absolute https address of the gateway, or a path such as <c>/alipay-simulator/gateway.do</c>: the shop's own address (the simulator).</summary>
    public string GatewayUrl { get; set; } = "https://openapi.alipay.com/gateway.do";

    /// <summary>The app's number (Alipay: app_id), digits.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The payee (Alipay: seller_id), 16 digits that begin with 2088.</summary>
    public string SellerId { get; set; } = "";

    /// <summary>RSA2 unless the app is an old one.</summary>
    public AlipaySignType SignType { get; set; } = AlipaySignType.Rsa2;

    /// <summary>File with the app's private key (应用私钥).</summary>
    public string AppPrivateKeyPath { get; set; } = "keys/app_private_key.pem";

    /// <summary>File with Alipay's public key (支付宝公钥); may hold several while Alipay changes its key.</summary>
    public string AlipayPublicKeyPath { get; set; } = "keys/alipay_public_key.pem";

    /// <summary>Certificate mode: file with the app's certificate (应用公钥证书, appCertPublicKey_….crt).</summary>
    public string AppCertificatePath { get; set; } = "keys/app_certificate.crt";

    /// <summary>Certificate mode: file with Alipay's certificate (支付宝公钥证书, alipayCertPublicKey_RSA2.crt) and perhaps its issuer's.</summary>
    public string AlipayCertificatePath { get; set; } = "keys/alipay_certificate.crt";

    /// <summary>Certificate mode: file with Alipay's root certificates (支付宝根证书, alipayRootCert.crt).</summary>
    public string AlipayRootCertificatePath { get; set; } = "keys/alipay_root_certificate.crt";

    /// <summary>The simulator speaks certificate mode; it says so itself (Simulator:Certificates).</summary>
    public bool SimulatorHasCertificates { get; set; }

    /// <summary>How long a server call may take, answer included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Requests name certificates, and Alipay's answers do.</summary>
    public bool UsesCertificates => Mode == AlipayMode.Certificate || (Mode == AlipayMode.Simulator && SimulatorHasCertificates);

    /// <summary>Money may leave the account by transfers: Alipay demands certificates for this; the simulator doesn't.</summary>
    public bool CanTransfer => Mode is AlipayMode.Certificate or AlipayMode.Simulator;

    /// <summary>The gateway is a path of the shop itself.</summary>
    public bool IsOwnAddress => GatewayUrl.StartsWith('/');
}
