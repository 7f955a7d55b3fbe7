using System.Security.Cryptography;
using System.Text.Json;

namespace CourseShop.Tests.Support;

/// <summary>The test vectors of Payments/Alipay/Vectors: made elsewhere, with throw-away keys.</summary>
public static class Vectors
{
    /// <summary>A whole file.</summary>
    public static JsonElement File(string name)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Payments", "Alipay", "Vectors", name)));
        return json.RootElement.Clone();
    }

    /// <summary>The ids of a file's cases, for a theory.</summary>
    public static TheoryData<string> Ids(string file) => [.. File(file).GetProperty("cases").EnumerateArray().Select(one => one.Text("id"))];

    /// <summary>One case by its id.</summary>
    public static JsonElement Case(string file, string id) => File(file).GetProperty("cases").EnumerateArray().Single(one => one.Text("id") == id);

    /// <summary>A string member; empty where it is absent or null.</summary>
    public static string Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>A base64 member as bytes.</summary>
    public static byte[] Bytes(this JsonElement element, string name) => element.GetProperty(name).GetBytesFromBase64();

    /// <summary>A key's text in one of the forms of keys.json.</summary>
    public static string KeyText(string key, string form) => File("keys.json").GetProperty("keys").GetProperty(key).Text(form);

    /// <summary>A test key, read by the framework's own reader.</summary>
    public static RSA PrivateKey(string key) => Import(KeyText(key, "private_pkcs8_pem"));

    /// <summary>Its public half.</summary>
    public static RSA PublicKey(string key) => Import(KeyText(key, "public_spki_pem"));

    private static RSA Import(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa;
    }
}
