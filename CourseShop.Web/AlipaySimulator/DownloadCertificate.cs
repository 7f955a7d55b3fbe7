using System.Text;
using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.open.app.alipaycert.download: the certificate that an answer named.</summary>
public sealed class DownloadCertificate(SimulatorKeys keys) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.open.app.alipaycert.download";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request) => keys.Certificates?.Find(request.Business.Text("alipay_cert_sn")) is { } file
        ? new JsonObject { ["code"] = "10000", ["msg"] = "Success", ["alipay_cert_content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(file)) }
        : GatewayFault.Invalid("alipay-cert-not-exist", "支付宝公钥证书不存在").ToNode();
}
