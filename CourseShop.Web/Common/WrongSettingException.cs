namespace CourseShop.Common;

/// <summary>Something that who runs the shop can put right; the message is the one sentence that says what and how.</summary>
public sealed class WrongSettingException(string sentence) : Exception(sentence);
