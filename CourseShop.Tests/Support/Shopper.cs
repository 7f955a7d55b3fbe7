using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CourseShop.Tests.Support;

/// <summary>A page as it came.</summary>
public sealed record SeenPage(HttpStatusCode Status, Uri? Location, string Html, HttpResponseMessage Response)
{
    private IHtmlDocument? _document;

    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(Html);

    /// <summary>What a person reads in it.</summary>
    public string Text => Document.QuerySelector("main")?.TextContent ?? Document.Body?.TextContent ?? "";

    public IHtmlFormElement Form(string selector) =>
        Document.QuerySelector<IHtmlFormElement>(selector) ?? throw new InvalidOperationException($"There is no form '{selector}' in: {Text.Trim()}");
}

/// <summary>A person at the shop's front door: requests pages, fills in the forms that are there, and submits them with everything they carry.</summary>
public sealed class Shopper(HttpClient client)
{
    public HttpClient Client => client;

    public async Task<SeenPage> GetAsync(string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (language is not null)
            request.Headers.Add("Accept-Language", language);
        return await SendAsync(request);
    }

    /// <summary>Gets a page and whatever it redirects to, up to five steps.</summary>
    public async Task<SeenPage> FollowAsync(string path)
    {
        var page = await GetAsync(path);
        for (var steps = 0; page.Location is { } next && steps < 5; steps++)
            page = await GetAsync(next.IsAbsoluteUri ? next.PathAndQuery : next.OriginalString);
        return page;
    }

    /// <summary>Fills in and submits a form of a page, by the button with that text where one is named.</summary>
    public Task<SeenPage> SubmitAsync(SeenPage page, string form, IReadOnlyDictionary<string, string>? fields = null, string? button = null)
    {
        var found = page.Form(form);
        var pressed = button is null ? null : found.QuerySelectorAll("button").FirstOrDefault(candidate => candidate.TextContent.Trim().Contains(button, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no button '{button}' in form '{form}'.");
        var values = Values(found, fields ?? new Dictionary<string, string>(StringComparer.Ordinal));
        if (pressed?.GetAttribute("name") is { Length: > 0 } name)
            values.Add(new(name, pressed.GetAttribute("value") ?? ""));

        var action = pressed?.GetAttribute("formaction") ?? found.GetAttribute("action") ?? "";
        var target = action.Length == 0 ? page.Response.RequestMessage!.RequestUri!.PathAndQuery : action;
        var method = pressed?.GetAttribute("formmethod") ?? found.GetAttribute("method") ?? "get";
        return string.Equals(method, "post", StringComparison.OrdinalIgnoreCase) ? PostAsync(target, values) : GetAsync($"{target}?{Query(values)}");
    }

    public async Task<SeenPage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> values)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(values) };
        return await SendAsync(request);
    }

    public async Task SignInAsync(string name, string password = OpenSampleShopPassword)
    {
        var page = await GetAsync("/account/sign-in");
        var form = page.Form("form:has(input[type=password])");
        var nameField = form.QuerySelectorAll<IHtmlInputElement>("input").First(input => input.Type is not "hidden" and not "password" and not "checkbox").Name!;
        var passwordField = form.QuerySelector<IHtmlInputElement>("input[type=password]")!.Name!;
        var answer = await SubmitAsync(page, "form:has(input[type=password])", new Dictionary<string, string>(StringComparer.Ordinal) { [nameField] = name, [passwordField] = password });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    private const string OpenSampleShopPassword = CourseShop.Data.OpenSampleShop.Password;

    private async Task<SeenPage> SendAsync(HttpRequestMessage request)
    {
        var response = await client.SendAsync(request);
        return new(response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>What a browser would send: every field with a name that is enabled, checked, selected; given values replace those of their name.</summary>
    private static List<KeyValuePair<string, string>> Values(IHtmlFormElement form, IReadOnlyDictionary<string, string> given)
    {
        var values = new List<KeyValuePair<string, string>>();
        var id = form.Id;
        var outside = id is null ? [] : form.Owner!.QuerySelectorAll($"[form='{id}']").ToList();
        foreach (var field in form.QuerySelectorAll("input,select,textarea").Concat(outside).Where(field => !field.HasAttribute("disabled")))
        {
            var name = field.GetAttribute("name");
            if (string.IsNullOrEmpty(name) || given.ContainsKey(name))
                continue;
            if (field is IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "button" })
                continue;
            values.Add(new(name, field switch
            {
                IHtmlInputElement input => input.Value,
                IHtmlSelectElement select => select.Value ?? "",
                IHtmlTextAreaElement area => area.Value,
                _ => "",
            }));
        }

        values.AddRange(given);
        return values;
    }

    private static string Query(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Join('&', values.Select(value => $"{Uri.EscapeDataString(value.Key)}={Uri.EscapeDataString(value.Value)}"));
}
