using System.Security.Cryptography;
using System.Text;

namespace CourseShop.Bench;

/// <summary>A form whose fields are signed as Alipay signs notifications: sorted, without sign and sign_type, RSA with SHA-256.</summary>
internal static class SignedForm
{
    public static bool IsGenuine(IFormCollection form, RSA key)
    {
        var content = string.Join('&', form.Where(field => field.Key is not ("sign" or "sign_type")).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
        return key.VerifyData(Encoding.UTF8.GetBytes(content), Convert.FromBase64String(form["sign"].ToString()), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
