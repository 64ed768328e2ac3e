// The button that copies the receipt code. Without script it stays hidden, and the code can be selected by hand.
(function () {
  var button = document.getElementById("copy-code"), said = document.getElementById("copied");
  function done() { said.textContent = said.dataset.words; }
  function select() {
    var range = document.createRange(), chosen = getSelection();
    range.selectNodeContents(document.querySelector(".slip__code"));
    chosen.removeAllRanges();
    chosen.addRange(range);
    if (document.execCommand("copy")) done();
  }
  button.addEventListener("click", function () {
    said.textContent = "";
    if (navigator.clipboard) navigator.clipboard.writeText(button.dataset.code).then(done, select);
    else select();
  });
  button.hidden = false;
})();
