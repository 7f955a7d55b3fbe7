using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipaySignatureTests
{
    private const string Cases = "request_sign.json";

    public static TheoryData<string> Ids => Vectors.Ids(Cases);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Requests_are_signed_as_Alipay_expects(string id)
    {
        var one = Vectors.Case(Cases, id);
        var type = one.Text("sign_type") == "RSA" ? AlipaySignType.Rsa : AlipaySignType.Rsa2;
        using var key = Vectors.PrivateKey(one.Text("key"));

        var text = AlipaySignature.CanonicalText(Params(one));
        var bytes = AlipayCharset.Find(one.Text("charset"))!.GetBytes(text);

        Assert.Equal(one.Text("canonical"), text);
        Assert.Equal(one.Bytes("canonical_bytes_b64"), bytes);
        Assert.Equal(one.Text("sign"), AlipaySignature.Sign(bytes, key, type));
        Assert.True(AlipaySignature.IsGenuine(bytes, one.Text("sign"), [key], type));
        Assert.False(AlipaySignature.IsGenuine(bytes, one.Text("sign"), [key], type == AlipaySignType.Rsa ? AlipaySignType.Rsa2 : AlipaySignType.Rsa));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Requests_as_others_write_them_are_read_field_by_field(string id)
    {
        var one = Vectors.Case(Cases, id);
        var sent = Params(one).Where(field => field.Key != "sign" && field.Value.Length > 0).Append(new("sign", one.Text("sign"))).ToDictionary(StringComparer.Ordinal);
        var ours = new AlipayRequest("/", [.. sent]);

        Assert.Equal(sent, AlipayForm.Read(Encoding.ASCII.GetBytes(one.Text("form_urlencoded")))!.Fields);
        Assert.Equal(sent, AlipayForm.Read(Encoding.ASCII.GetBytes(one.Text("query_rfc3986")))!.Fields);
        if (one.Text("charset") == "utf-8")
            Assert.Equal(sent, AlipayForm.Read(Encoding.ASCII.GetBytes(ours.Form))!.Fields);
    }

    [Fact]
    public void What_is_signed_is_genuine_and_nothing_else_is()
    {
        using var key = Vectors.PrivateKey("alipay");
        var random = new Random(20260301);
        for (var round = 0; round < 200; round++)
        {
            var text = new byte[random.Next(1, 200)];
            random.NextBytes(text);
            var sign = AlipaySignature.Sign(text, key, AlipaySignType.Rsa2);

            Assert.True(FakeAlipay.Keys.IsGenuine(text, sign));
            text[random.Next(text.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(FakeAlipay.Keys.IsGenuine(text, sign));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("AAAA")]
    [InlineData("***not base64***")]
    public void No_signature_is_not_genuine(string sign)
    {
        Assert.False(FakeAlipay.Keys.IsGenuine("text"u8, sign));
        Assert.False(FakeAlipay.Keys.IsGenuine("text"u8, null));
    }

    [Fact]
    public void A_signature_has_one_spelling()
    {
        using var key = Vectors.PrivateKey("alipay");
        var sign = AlipaySignature.Sign("text"u8, key, AlipaySignType.Rsa2);
        var unusedBitsSet = $"{sign[..^3]}{(char)(sign[^3] + 1)}==";

        Assert.False(FakeAlipay.Keys.IsGenuine("text"u8, sign + "\n"));
        Assert.False(FakeAlipay.Keys.IsGenuine("text"u8, unusedBitsSet));
    }

    [Fact]
    public void Old_and_new_key_are_accepted_while_Alipay_changes_them()
    {
        using var oldKey = Vectors.PrivateKey("alipay");
        using var newKey = Vectors.PrivateKey("alipay_new");
        using var during = FakeAlipay.KeysTrusting("alipay", "alipay_new");
        using var after = FakeAlipay.KeysTrusting("alipay_new");
        var (bySomeOld, byNew) = (AlipaySignature.Sign("text"u8, oldKey, AlipaySignType.Rsa2), AlipaySignature.Sign("text"u8, newKey, AlipaySignType.Rsa2));

        Assert.True(during.IsGenuine("text"u8, bySomeOld) && during.IsGenuine("text"u8, byNew));
        Assert.False(FakeAlipay.Keys.IsGenuine("text"u8, byNew));
        Assert.False(after.IsGenuine("text"u8, bySomeOld));
    }

    [Fact]
    public void One_key_ring_serves_many_threads()
    {
        using var keys = new AlipayKeyRing(Vectors.PrivateKey("alipay"), [Vectors.PublicKey("other"), Vectors.PublicKey("alipay")], AlipaySignType.Rsa2);
        var wrong = 0;

        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, number =>
        {
            var text = SHA256.HashData(BitConverter.GetBytes(number));
            var sign = keys.Sign(text);
            var isRight = keys.IsGenuine(text, sign);
            text[0] ^= 1;
            if (!isRight || keys.IsGenuine(text, sign))
                Interlocked.Increment(ref wrong);
        });

        Assert.Equal(0, wrong);
    }

    private static IEnumerable<KeyValuePair<string, string>> Params(JsonElement one) =>
        one.GetProperty("params").EnumerateArray().Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!));
}
